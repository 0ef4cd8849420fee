/// Questions that people and agents ask, the tool calls that answer them, and the right answers.
@NullMarked
package ai.pathbound.sandbox.questions;

import org.jspecify.annotations.NullMarked;
