package ai.pathbound.mcp.tools;

import java.util.List;

/// Tools about one kind of thing. Each family is a bean; the catalog collects them in order.
interface ToolFamily {
    List<Tool> tools();
}
