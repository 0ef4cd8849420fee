package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Names and defaults of the settings are a contract with everybody's deployments.
final class SettingsTest {
    private static final Pattern KNOB = Pattern.compile("\\$\\{(\\w+):(.*)}");
    private final List<String> lines = lines();

    @Test
    void namesAndDefaults_stayAsTheyAre() {
        assertThat(lines.stream().map(KNOB::matcher).filter(knob -> knob.find()))
                .map(knob -> knob.group(1) + "=" + knob.group(2))
                .containsExactlyInAnyOrder(
                        "PATHBOUND_BIND=",
                        "PATHBOUND_PORT=8080",
                        "PATHBOUND_HEADER_MAX=16KB",
                        "PATHBOUND_TLS=false",
                        "PATHBOUND_TLS=false",
                        "PATHBOUND_TLS_CERTIFICATE=",
                        "PATHBOUND_TLS_KEY=",
                        "PATHBOUND_CONNECTIONS=10000",
                        "PATHBOUND_HEAD_WITHIN=60s",
                        "PATHBOUND_BODY_WITHIN=20s",
                        "PATHBOUND_DRAIN=3s",
                        "PATHBOUND_BODY_MAX=256KB",
                        "PATHBOUND_ALLOWED_HOSTS=",
                        "PATHBOUND_ALLOWED_ORIGINS=",
                        "PATHBOUND_LIST_TTL=5m",
                        "PATHBOUND_KEEP_ALIVE=15s",
                        "PATHBOUND_ANSWER_WITHIN=2m",
                        "PATHBOUND_BACKEND_URL=https://api.pathbound.ai",
                        "PATHBOUND_BACKEND_CONNECT_TIMEOUT=2s",
                        "PATHBOUND_BACKEND_RESPONSE_TIMEOUT=10s",
                        "PATHBOUND_BACKEND_CONNECTIONS=64",
                        "PATHBOUND_BACKEND_RESPONSE_MAX=1MB",
                        "PATHBOUND_BACKEND_LIMIT=100",
                        "PATHBOUND_BACKEND_LIMIT_WINDOW=15m",
                        "PATHBOUND_BACKEND_LIMIT_KEPT=20",
                        "PATHBOUND_BREAKER_FAILURES=50",
                        "PATHBOUND_BREAKER_CALLS=40",
                        "PATHBOUND_BREAKER_OPEN_FOR=5s",
                        "PATHBOUND_CONFIRM_REQUIRED=false",
                        "PATHBOUND_CONFIRM_WITHIN=10m",
                        "PATHBOUND_CONFIRM_KEY=",
                        "PATHBOUND_AUDIT_QUEUE=10000",
                        "PATHBOUND_AUDIT_BUFFER=4MB",
                        "PATHBOUND_KEY_ACCEPTED_FOR=45s",
                        "PATHBOUND_KEY_REFUSED_FOR=10s",
                        "PATHBOUND_KEYS_CACHED=10000",
                        "PATHBOUND_KEY_GRACE=5m",
                        "PATHBOUND_OAUTH_ISSUER=",
                        "PATHBOUND_OAUTH_JWKS_URI=",
                        "PATHBOUND_PUBLIC_URL=",
                        "PATHBOUND_OAUTH_TENANT_CLAIM=tenant_id",
                        "PATHBOUND_OAUTH_USER_CLAIM=sub",
                        "PATHBOUND_OAUTH_SCOPE_CLAIM=scope",
                        "PATHBOUND_OAUTH_CLOCK_SKEW=30s",
                        "PATHBOUND_OAUTH_SCOPES=contacts:read,contacts:write,companies:read,"
                                + "companies:write,events:read",
                        "PATHBOUND_READS_PER_MINUTE=600",
                        "PATHBOUND_WRITES_PER_MINUTE=30",
                        "PATHBOUND_CALLS_AT_ONCE=32",
                        "PATHBOUND_ATTEMPTS_PER_MINUTE=120",
                        "PATHBOUND_LIMITS_TRACKED=100000",
                        "PATHBOUND_TRUSTED_PROXIES=0",
                        "PATHBOUND_READ_THREADS=16",
                        "PATHBOUND_READ_QUEUE=2000",
                        "PATHBOUND_VISIBLE_WITHIN=2s",
                        "PATHBOUND_ANSWER_MAX=30KB",
                        "PATHBOUND_KAFKA=localhost:9092",
                        "PATHBOUND_APPLICATION_ID=pathbound-read-model",
                        "PATHBOUND_STATE_DIR=./state",
                        "PATHBOUND_STREAM_THREADS=2",
                        "PATHBOUND_BLOCK_CACHE=256MB",
                        "PATHBOUND_PROCESSING_GUARANTEE=at_least_once",
                        "PATHBOUND_SESSION_TIMEOUT=6s",
                        "PATHBOUND_DISK_FREE_MIN=256MB",
                        "PATHBOUND_AWAY_AT_MOST=3d",
                        "PATHBOUND_STANDBYS=1",
                        "PATHBOUND_METRICS_PORT=0",
                        "PATHBOUND_METRICS_BIND=0.0.0.0",
                        "PATHBOUND_ROLE=all",
                        "PATHBOUND_NODE_ADDRESS=",
                        "PATHBOUND_NODE_BIND=0.0.0.0",
                        "PATHBOUND_NODE_SECRET=",
                        "PATHBOUND_NODES=",
                        "PATHBOUND_STALE_AT_MOST=30s",
                        "PATHBOUND_STANDBY_AFTER=150ms",
                        "PATHBOUND_SETS_STANDBY_AFTER=2s",
                        "PATHBOUND_NODE_CONNECTIONS=64",
                        "PATHBOUND_NODE_SSL_BUNDLE=",
                        "PATHBOUND_DISTINCT_MAX=64MB",
                        "PATHBOUND_TABLES_MEMORY=0B",
                        "PATHBOUND_SHUTDOWN_WITHIN=20s");
    }

    @Test
    void eachSetting_isExplainedAboveItself() {
        for (int i = 0; i < lines.size(); i++) {
            if (KNOB.matcher(lines.get(i)).find()) {
                assertThat(lines.get(i - 1)).as(lines.get(i)).containsPattern("^\\s*# \\S");
            }
        }
    }

    /// The settings below the head of the file, which explains their form.
    private static List<String> lines() {
        try (InputStream file = SettingsTest.class.getResourceAsStream("/application.yml")) {
            if (file == null) {
                throw new IllegalStateException("application.yml is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .skip(1)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
