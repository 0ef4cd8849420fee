/// What the commands of the sandbox have in common: checks before the start, words to the user.
@NullMarked
package ai.pathbound.sandbox.terminal;

import org.jspecify.annotations.NullMarked;
