package lvc.acceptance.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process that answers every request with the same 86 bytes: what the HTTP library can do at best. */
final class BareServer implements AutoCloseable {
    private static final int LOOPS = 2;

    private final Process process;
    private final String address;

    private BareServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static BareServer start() throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Child.java(),
                        "-XX:+UseG1GC",
                        "-cp",
                        Child.path("cli", "acceptance", "target", "test-classes")
                                + System.getProperty("path.separator")
                                + Child.path("cli", "app", "target", "lib", "*"),
                        BareServer.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new BareServer(
                process, process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    String address() {
        return address;
    }

    /** Serves until it is ended. */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
        Buffer body = Buffer.buffer("x".repeat(86));
        int port = 40_000 + (int) (ProcessHandle.current().pid() % 20_000);
        vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                return vertx.createHttpServer(new HttpServerOptions()
                                                .setHost("127.0.0.1")
                                                .setPort(port)
                                                .setTcpNoDelay(true))
                                        .requestHandler(
                                                request -> request.response().end(body))
                                        .listen();
                            }
                        },
                        new DeploymentOptions().setInstances(LOOPS))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        System.out.println("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
