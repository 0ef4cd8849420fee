package ai.pathbound.bench.events;

import java.util.Optional;
import java.util.OptionalLong;

/// One event of the fixture.
///
/// @param page number of the page it happened on
/// @param named the contact the event names
/// @param owner the contact it belongs to: the named one, or who claims its visitor
record EventRow(String id,
        long millis,
        long acceptedMillis,
        String event,
        int page,
        String url,
        String path,
        String domain,
        String referringDomain,
        String browser,
        String browserVersion,
        String os,
        String device,
        boolean bot,
        String visitor,
        String session,
        Optional<String> named,
        Optional<String> owner,
        Optional<String> utmSource,
        OptionalLong amount) {
    String title() {
        return "Page " + page;
    }
}
