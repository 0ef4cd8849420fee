package ai.pathbound.sandbox.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/// The key that signs tokens, made at the first start and kept in a file, so that tokens outlive a
/// restart.
final class SigningKey {
    private SigningKey() {}

    static ECKey in(Path dataDir) {
        Path file = dataDir.resolve("signing-key.json");
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            return ECKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a signing key in " + file, e);
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("no usable signing key in " + file, e);
        }
    }

    /// First beside its place: half a key would be worse than none.
    private static void write(Path file) throws IOException, JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        Path draft = file.resolveSibling("signing-key.new");
        Files.deleteIfExists(draft);
        Files.createFile(
                draft,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, key.toJSONString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
