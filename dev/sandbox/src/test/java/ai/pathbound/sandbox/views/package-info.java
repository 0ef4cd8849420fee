/// The views in a real browser, with real answers.
@NullMarked
package ai.pathbound.sandbox.views;

import org.jspecify.annotations.NullMarked;
