@NullMarked
package ai.pathbound.sandbox.oauth;

import org.jspecify.annotations.NullMarked;
