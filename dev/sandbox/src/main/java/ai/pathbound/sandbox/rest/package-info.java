/// REST v1 of the stand-in backend.
@NullMarked
package ai.pathbound.sandbox.rest;

import org.jspecify.annotations.NullMarked;
