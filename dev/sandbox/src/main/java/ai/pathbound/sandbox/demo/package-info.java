/// Everything on one machine: broker, stand-in backend, read model and MCP endpoint.
@NullMarked
package ai.pathbound.sandbox.demo;

import org.jspecify.annotations.NullMarked;
