package lvc.sandbox.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import lvc.sandbox.broker.Logs;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl;

/**
 * The Admin API on the loopback interface: routing, authorisation, error bodies and the fault switches that concern
 * HTTP. What the endpoints say is in the {@code …Resource} classes. Requests for {@code /sandbox/…} know no faults, so
 * that a test can always switch them off.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AdminServer.class.getName());

    /** The largest module that Redpanda can be configured to take, and room for the JSON before it. */
    private static final long BODY_LIMIT = (128L << 20) + (1L << 20);

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int THREADS = 6;

    static {
        // Without these a small answer waits 40 ms for an acknowledgement, and a client that stops sending in the
        // middle of a request holds a thread for ever.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        setUnlessSet("sun.net.httpserver.maxReqTime", "120");
    }

    private final HttpServer server;
    private final ScheduledExecutorService threads;
    private final AdminOptions options;
    private final ClusterConfig config;
    private final Faults faults;
    private final Authorization authorization;
    private final Router router = new Router();

    private AdminServer(HttpServer server, AdminOptions options, ClusterConfig config, Faults faults) {
        this.server = server;
        this.options = options;
        this.config = config;
        this.faults = faults;
        this.authorization = new Authorization(options.user(), config);
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "admin-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the port. Who connects now waits until {@link #serve} is called.
     *
     * @throws java.net.BindException when the port is taken
     */
    public static AdminServer bind(AdminOptions options, ClusterConfig config, Faults faults) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), options.port());
        return new AdminServer(HttpServer.create(address, 0), options, config, faults);
    }

    /** Starts to answer, for this engine and this broker. */
    public void serve(TransformControl transforms, Logs logs, PartitionSize size, Node node) {
        new FaultResource(faults).addTo(router);
        new TransformResource(transforms, config, faults).addTo(router);
        new ClusterConfigResource(config, node, options.user().isPresent()).addTo(router);
        new BrokerResource(node, config).addTo(router);
        new FeatureResource(node, config, faults, Clock.systemUTC()).addTo(router);
        new PartitionResource(logs, transforms, node).addTo(router);
        new CloudStorageResource(logs, size).addTo(router);
        new MetricsResource(transforms, faults, options.aliasLag()).addTo(router);
        server.setExecutor(threads);
        server.createContext("/", this::accept);
        server.start();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it can be reached. */
    public URI uri() {
        return URI.create("http://" + Node.HOST + ":" + port());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void accept(HttpExchange exchange) {
        if (isOwn(exchange)) {
            answer(exchange);
        } else if (faults.take(Fault.ADMIN_DROP)) {
            exchange.close();
        } else {
            long delay = faults.number(Fault.ADMIN_DELAY_MS, 0);
            if (delay > 0) {
                var unused = threads.schedule(() -> answer(exchange), delay, TimeUnit.MILLISECONDS);
            } else {
                answer(exchange);
            }
        }
    }

    private static boolean isOwn(HttpExchange exchange) {
        return exchange.getRequestURI().getRawPath().startsWith("/sandbox/");
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            Answer answer;
            try {
                answer = handle(exchange);
            } catch (Refusal e) {
                answer = Answer.error(e.status(), e.text());
            } catch (LimitedBody.TooLarge e) {
                answer = Answer.error(400, LimitedBody.TOO_LARGE);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "admin request failed: " + exchange.getRequestURI(), e);
                answer = Answer.error(500, "Unexpected error: " + e.getMessage());
            }
            send(exchange, answer);
        } catch (IOException e) {
            LOG.log(Level.FINE, "admin client went away", e);
        }
    }

    private Answer handle(HttpExchange exchange) throws IOException, Refusal {
        URI uri = exchange.getRequestURI();
        Optional<Router.Match> match = router.find(exchange.getRequestMethod(), uri.getRawPath());
        if (match.isEmpty()) {
            return Answer.error(404, "Not found");
        }
        Router.Route route = match.get().route();
        authorization.check(exchange.getRequestHeaders().getFirst("Authorization"), route.access());
        if (route.leaderOnly() && faults.on(Fault.ADMIN_REDIRECT)) {
            return Answer.redirect(elsewhere(uri));
        }
        return route.handler()
                .handle(new Request(
                        match.get().values(),
                        Request.parseQuery(uri.getRawQuery()),
                        new LimitedBody(exchange.getRequestBody(), BODY_LIMIT)));
    }

    /** The same path on the broker that the fault switch names, marked so that two brokers cannot play ping-pong. */
    private String elsewhere(URI uri) {
        String query = uri.getRawQuery();
        return "http://" + faults.get(Fault.ADMIN_REDIRECT) + uri.getRawPath() + "?"
                + (query == null ? "" : query + "&") + "redirect=1";
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        discard(exchange.getRequestBody());
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.bytes();
        if (body.length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Reads what the handler left, so that a client that is still sending can come to read its answer. */
    private static void discard(InputStream body) throws IOException {
        long budget = 4 * BODY_LIMIT;
        long skipped = 1;
        byte[] buffer = new byte[64 << 10];
        while (budget > 0 && skipped > 0) {
            skipped = body.read(buffer);
            budget -= skipped;
        }
    }

    private static void setUnlessSet(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
