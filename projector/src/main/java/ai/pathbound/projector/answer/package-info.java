/// Answers questions from the state of this process: what to read, and the JSON it becomes.
@NullMarked
package ai.pathbound.projector.answer;

import org.jspecify.annotations.NullMarked;
