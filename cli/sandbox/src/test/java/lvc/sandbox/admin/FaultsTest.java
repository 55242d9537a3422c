package lvc.sandbox.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lvc.sandbox.config.Faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static lvc.sandbox.admin.AdminFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FaultsTest {

    private static final String DEPLOY = "{\"name\":\"f\",\"input_topic\":\"in\",\"output_topics\":[\"out\"]}\0asm";

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        admin = new AdminFixture();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void switchesAreTurnedOnShownAndTurnedOffOverHttp() throws Exception {
        assertThat(admin.put("/sandbox/faults", "{\"LIST_500\":2,\"WRAP_32_BIT\":true}")
                        .body())
                .isEqualTo("{\"LIST_500\":\"2\",\"WRAP_32_BIT\":\"true\"}");
        assertThat(admin.put("/sandbox/faults", "{\"LIST_500\":null,\"WRAP_32_BIT\":\"\"}")
                        .body())
                .isEqualTo("{}");
    }

    @Test
    void anUnknownSwitchIsRefusedWithTheListAndChangesNothing() throws Exception {
        // When
        HttpResponse<String> response = admin.put("/sandbox/faults", "{\"LIST_500\":1,\"NOPE\":1}");

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).contains("NOPE", "ADMIN_DROP", "CONFIG_DELAY_MS");
        assertThat(admin.faults.all()).isEmpty();
        assertThat(admin.put("/sandbox/faults", "{\"LIST_500\":\"x\"}").statusCode())
                .isEqualTo(400);
        assertThat(admin.put("/sandbox/faults", "[]").statusCode()).isEqualTo(400);
    }

    @Test
    void aRedirectNamesTheOtherBrokerForLeaderOnlyRequestsAlone() throws Exception {
        // Given
        admin.faults.set(Fault.ADMIN_REDIRECT, "10.0.0.2:9644");

        // When
        HttpResponse<String> response = admin.put("/v1/cluster_config?force=true", "{\"upsert\":{},\"remove\":[]}");

        // Then
        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("Location"))
                .contains("http://10.0.0.2:9644/v1/cluster_config?force=true&redirect=1");
        assertThat(deploy().statusCode()).isEqualTo(307);
        assertThat(admin.get("/v1/transform").statusCode()).isEqualTo(200);
    }

    @Test
    void a503DeploysNothingAndA504Does() throws Exception {
        // Given
        admin.faults.set(Fault.DEPLOY_503, "1");
        admin.faults.set(Fault.DEPLOY_504_AFTER_APPLY, "1");

        // Then
        assertThat(deploy().statusCode()).isEqualTo(503);
        assertThat(admin.transforms.deployed).isEmpty();
        assertThat(deploy().statusCode()).isEqualTo(504);
        assertThat(admin.transforms.deployed).hasSize(1);
        assertThat(deploy().statusCode()).isEqualTo(200);
    }

    @Test
    void listAndMetricsFailAsOftenAsAsked() throws Exception {
        // Given
        admin.faults.set(Fault.LIST_500, "2");
        admin.faults.set(Fault.METRICS_503, "1");

        // Then
        assertThat(admin.get("/v1/transform").statusCode()).isEqualTo(500);
        assertThat(admin.get("/v1/transform").statusCode()).isEqualTo(500);
        assertThat(admin.get("/v1/transform").statusCode()).isEqualTo(200);
        assertThat(admin.get("/public_metrics").statusCode()).isEqualTo(503);
        assertThat(admin.get("/public_metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void aDroppedRequestHasNoAnswerAndTheNextOneHas() throws Exception {
        // Given
        admin.faults.set(Fault.ADMIN_DROP, "1");

        // Then: POST, because clients repeat a lost GET by themselves
        assertThatThrownBy(this::deploy).isInstanceOf(IOException.class);
        assertThat(deploy().statusCode()).isEqualTo(200);
    }

    @Test
    void aDelayedAnswerComesLaterButComes() throws Exception {
        // Given
        admin.faults.set(Fault.ADMIN_DELAY_MS, "150");
        long before = System.nanoTime();

        // When
        int status = admin.get("/v1/brokers").statusCode();

        // Then
        assertThat(status).isEqualTo(200);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(150_000_000L);
    }

    @Test
    @Timeout(20)
    void aBodyOverTheLimitIsRefusedAndNotKept() throws Exception {
        // Given
        long size = (130L << 20);

        // When
        HttpResponse<String> response = admin.send(admin.request("/v1/transform/deploy")
                .POST(BodyPublishers.ofInputStream(() -> new Endless(DEPLOY, size))));

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).isEqualTo("Request body too large");
        assertThat(admin.transforms.deployed).isEmpty();
    }

    @Test
    @Timeout(20)
    void badPercentEncodingIsABadRequestAndHoldsNothingUp() throws Exception {
        assertThat(raw("GET /v1/brokers/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("DELETE /v1/transform/%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("invalid transform name");
        assertThat(raw("GET /v1/cluster_config?key=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(admin.get("/v1/brokers").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> deploy() throws Exception {
        return admin.send(admin.request("/v1/transform/deploy").POST(BodyPublishers.ofString(DEPLOY)));
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), admin.server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A beginning, and zeros up to a size. */
    private static final class Endless extends InputStream {
        private final byte[] head;
        private final long size;
        private long position;

        Endless(String head, long size) {
            this.head = head.getBytes(StandardCharsets.UTF_8);
            this.size = size;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position >= size) {
                return -1;
            }
            int count = (int) Math.min(length, size - position);
            Arrays.fill(buffer, offset, offset + count, (byte) 0);
            for (int i = 0; position + i < head.length && i < count; i++) {
                buffer[offset + i] = head[(int) position + i];
            }
            position += count;
            return count;
        }
    }
}
