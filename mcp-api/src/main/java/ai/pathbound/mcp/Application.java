package ai.pathbound.mcp;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The MCP server. Answers come from an injected read model, writes go to the Pathbound backend.
@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {
    /// One production node: the server and a projector in the same process.
    public static void main(String[] arguments) {
        node().run(arguments);
    }

    /// A node that is yet to be run.
    public static SpringApplication node() {
        return new SpringApplication(Application.class, NodeReadModel.class, FrontReadModel.class,
                NodeAudit.class);
    }
}
