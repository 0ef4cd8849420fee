package ai.pathbound.mcp.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.errors.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// The gateway against a backend that is away, silent or busy.
class RestBackendTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Credential KEY = new Credential("sk_test");

    @Test
    void write_withoutConnection_surelyWroteNothing() {
        DisposableServer gone = HttpServer.create().host("127.0.0.1").port(0).bindNow();
        int port = gone.port();
        gone.disposeNow();
        assertThat(write(port)).isInstanceOfSatisfying(
                WriteOutcome.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BACKEND_UNAVAILABLE));
    }

    @Test
    void write_withoutAnswer_isUnknown() {
        DisposableServer silent = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((_, _) -> Mono.never())
                .bindNow();
        assertThat(write(silent.port())).isInstanceOf(WriteOutcome.Unknown.class);
        silent.disposeNow();
    }

    @Test
    void write_overTheLimit_saysWhenToTryAgain() {
        DisposableServer busy = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((_, response) -> response.status(429).header("Retry-After", "9").send())
                .bindNow();
        assertThat(write(busy.port())).isInstanceOfSatisfying(
                WriteOutcome.Refused.class,
                refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(refused.retryAfter()).isEqualTo(Optional.of(Duration.ofSeconds(9)));
                });
        busy.disposeNow();
    }

    @Test
    void write_overALimitWithoutATime_waitsAMinute() {
        DisposableServer busy = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((_, response) -> response.status(429).send())
                .bindNow();
        assertThat(write(busy.port())).isInstanceOfSatisfying(
                WriteOutcome.Refused.class,
                refused -> assertThat(refused.retryAfter()).contains(Duration.ofMinutes(1)));
        busy.disposeNow();
    }

    private static WriteOutcome write(int port) {
        BackendSettings settings = new BackendSettings(URI.create("http://127.0.0.1:" + port),
                Duration.ofMillis(500), Duration.ofMillis(500), 4, DataSize.ofMegabytes(1));
        return new RestBackend(settings, new LimitSettings(100, Duration.ofMinutes(15), 20),
                new BreakerSettings(50, 40, Duration.ofSeconds(5)), _ -> {
                })
                .write(KEY, new Write.CreateNote(NoteOwner.CONTACT, "ct_1", "Hi", "key"))
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
