package ai.pathbound.mcp.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/// Whom a request is counted for.
final class ClientAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|6.6.6.6|10.0.0.1", "1|6.6.6.6|6.6.6.6",
            "1|1.1.1.1, 6.6.6.6|6.6.6.6", "2|9.9.9.9, 1.1.1.1, 6.6.6.6|1.1.1.1",
            "2|6.6.6.6|10.0.0.1", "1|evil.test|unknown", "1|2001:db8:1:2:3::4|20010db800010002",
            "1|2001:db8:1:2:ffff::|20010db800010002"})
    void address_isTheOneTheOutermostOwnProxySaw(int proxies, String forwarded, String expected) {
        var request = MockServerHttpRequest.get("/")
                .remoteAddress(new InetSocketAddress("10.0.0.1", 4711))
                .header("X-Forwarded-For", forwarded)
                .build();
        assertThat(ClientAddress.of(request, proxies)).isEqualTo(expected);
    }
}
