package lvc.cache.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TlsTest extends ServerTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void valuesComeEncryptedAndNotOtherwise() throws Exception {
        KeyStore store = keys();
        Path certificate = pem("CERTIFICATE", store.getCertificate("lvc").getEncoded());
        Path key =
                pem("PRIVATE KEY", store.getKey("lvc", PASSWORD.toCharArray()).getEncoded());
        start(HttpSettings.loopback().with(new HttpSettings.Tls(certificate, key)));
        topic.put("a", "1");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + port() + "/v2/topics/prices/values/a"))
                .build();
        HttpClient knows = HttpClient.newBuilder().sslContext(trusting(store)).build();

        assertThat(knows.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("1");
        assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> get("/v2/topics")).isInstanceOf(IOException.class);
    }

    @Test
    void filesThatAreNotThereAreSaid() {
        Path nowhere = folder.resolve("nowhere.pem");
        assertThatThrownBy(() -> start(HttpSettings.loopback().with(new HttpSettings.Tls(nowhere, nowhere))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere.pem");
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        start();
        HttpSettings usual = HttpSettings.loopback();
        assertThatThrownBy(() -> start(new HttpSettings(
                        "127.0.0.1",
                        port(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        usual.limits())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:" + port());
    }

    private KeyStore keys() throws Exception {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "lvc",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        try (InputStream said = process.getInputStream()) {
            assertThat(process.waitFor())
                    .as(new String(said.readAllBytes(), StandardCharsets.UTF_8))
                    .isZero();
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path pem(String what, byte[] der) throws Exception {
        Path file = folder.resolve(what.replace(' ', '-') + ".pem");
        return Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                        + "-----\n");
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("lvc", store.getCertificate("lvc"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
