package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.tools.FixtureTools;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;

/// The resources the official conformance suite reads by address.
@Order(100)
public final class FixtureShelf implements Shelf {
    private static final String TEXT = "test://static-text";
    private static final String BINARY = "test://static-binary";
    private static final String BEFORE = "test://template/";
    private static final String AFTER = "/data";

    @Override
    public List<Page> pages(Caller caller) {
        return List.of(
                new Page(TEXT, "static-text", "Text", "A text of the suite.", "text/plain"),
                new Page(BINARY, "static-binary", "Picture", "A picture of the suite.",
                        "image/png"));
    }

    @Override
    public List<Template> templates(Caller caller) {
        return List.of(
                new Template(BEFORE + "{id}" + AFTER, "template", "Data", "Data of the suite.",
                        "application/json"));
    }

    @Override
    public Optional<Mono<Reading>> read(Caller caller, String uri) {
        if (uri.equals(TEXT)) {
            return found(
                    Contents.text(
                            uri,
                            "text/plain",
                            "This is the content of the static text resource."));
        }
        if (uri.equals(BINARY)) {
            return found(
                    new Contents(uri, "image/png", FixtureTools.PNG, false, Optional.empty()));
        }
        if (uri.startsWith(BEFORE) && uri.endsWith(AFTER)) {
            String id = uri.substring(BEFORE.length(), uri.length() - AFTER.length());
            return found(
                    Contents.text(
                            uri,
                            "application/json",
                            "{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: "
                                    + id + "\"}"));
        }
        return Optional.empty();
    }

    private static Optional<Mono<Reading>> found(Contents contents) {
        return Optional.of(Mono.just(new Reading.Found(contents)));
    }
}
