package ai.pathbound.mcp.guide;

import java.util.List;

/// A prompt as lists show it.
public record Prompt(String name, String title, String description, List<Blank> blanks) {
    public Prompt {
        blanks = List.copyOf(blanks);
    }
}
