package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.TableView;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Maps between columns, made once for each view of a table and forgotten with it. The same instance
/// for the same view also lets remembered answers be found again. A map takes 4 bytes for each key.
final class CodeMaps {
    private record Columns(String key, String value) {}

    private final Cache<TableView, Map<Columns, CodeMap>> byView = Caffeine.newBuilder()
            .weakKeys()
            .build();

    CodeMap between(TableView table, String key, String value) {
        return byView.get(table, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        new Columns(key, value),
                        columns -> CodeMap.between(table, columns.key(), columns.value()));
    }
}
