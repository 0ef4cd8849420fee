package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS with PEM files, as an operator sets it up.
final class TlsIT {
    private static final char[] PASSWORD = "of this test".toCharArray();
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void calls_areServedOverTls_alsoWithARenewedCertificate() throws Exception {
        KeyStore first = certificate("first");
        publish(first);
        try (TestServer server = server()) {
            HttpResponse<String> answer = ping(server, first, "TLSv1.3");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(ping(server, first, "TLSv1.2").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> ping(server, first, "TLSv1.1"))
                    .isInstanceOf(SSLHandshakeException.class);
            KeyStore renewed = certificate("renewed");
            publish(renewed);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .until(() -> ping(server, renewed, "TLSv1.3").statusCode() == 200);
        }
    }

    /// What the image runs to learn whether its node lives.
    @Test
    void probeOfTheImage_asksTheEndpoint_withTlsAndWithout() throws Exception {
        publish(certificate("probed"));
        try (TestServer secured = server();
                TestServer plain = new TestServer(new FixedReadModel(), () -> true)) {
            assertThat(probe(secured, "true")).isZero();
            assertThat(probe(secured, "TRUE")).isZero();
            assertThat(probe(secured, "false")).isNotZero();
            assertThat(probe(plain, "false")).isZero();
            assertThat(probe(plain, "")).isZero();
        }
    }

    private static int probe(TestServer server, String tls) throws Exception {
        var probe = new ProcessBuilder("sh", "../deploy/healthcheck.sh")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        probe.environment().put("PATHBOUND_TLS", tls);
        probe.environment()
                .put("PATHBOUND_PORT",
                        Integer.toString(URI.create(server.origin()).getPort()));
        return probe.start().waitFor();
    }

    private TestServer server() {
        return new TestServer(new FixedReadModel(), () -> true, "server.ssl.enabled=true",
                "spring.ssl.bundle.pem.endpoint.reload-on-update=true",
                "spring.ssl.bundle.pem.endpoint.keystore.certificate="
                        + folder.resolve("tls.crt"),
                "spring.ssl.bundle.pem.endpoint.keystore.private-key="
                        + folder.resolve("tls.key"));
    }

    private static HttpResponse<String> ping(TestServer server, KeyStore trusted, String version)
            throws IOException, InterruptedException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory
                .getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[]{version});
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build()) {
            return client.send(
                    HttpRequest
                            .newBuilder(
                                    URI.create(server.origin().replace("http:", "https:") + "/mcp"))
                            .header("Authorization", "Bearer sk_all")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(PING))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /// A fresh key with a certificate for localhost that vouches for itself.
    private KeyStore certificate(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                String.valueOf(PASSWORD)).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        X509Certificate certificate = (X509Certificate) keys.getCertificate("server");
        keys.setCertificateEntry("trusted", certificate);
        return keys;
    }

    private void publish(KeyStore keys) throws Exception {
        Files.writeString(
                folder.resolve("tls.key"),
                pem(
                        "PRIVATE KEY",
                        Objects.requireNonNull(keys.getKey("server", PASSWORD)).getEncoded()));
        Files.writeString(
                folder.resolve("tls.crt"),
                pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der) + "\n-----END "
                + what + "-----\n";
    }
}
