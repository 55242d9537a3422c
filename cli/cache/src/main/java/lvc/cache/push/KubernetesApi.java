package lvc.cache.push;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lvc.adapter.redpanda.Trust;
import lvc.core.fault.Fault;

/** The API server as a pod sees it: an address in the environment, a token and a certificate among its files. */
public final class KubernetesApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI base;
    private final Path token;
    private final HttpClient http;

    /**
     * One at an address.
     *
     * @param token file that is read for every request: Kubernetes replaces it every hour
     */
    public KubernetesApi(URI base, Path token, HttpClient http) {
        this.base = base;
        this.token = token;
        this.http = http;
    }

    /**
     * The one of the cluster that this process runs in; empty when it runs in none.
     *
     * @param environment with the address of the API server, as Kubernetes gives it to every pod
     * @param account directory with the files {@code token} and {@code ca.crt}
     * @throws Fault USAGE when they are not there
     */
    public static Optional<KubernetesApi> inCluster(Map<String, String> environment, Path account) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        if (host == null) {
            return Optional.empty();
        }
        if (!Files.isReadable(account.resolve("token"))) {
            throw Fault.usage(
                    "the pods of a Service cannot be told",
                    "there is no token for the API server in " + account,
                    "deploy manifests/cache-push: its pods get one, and it may ask for pods");
        }
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .sslContext(Trust.in(account.resolve("ca.crt")))
                .build();
        URI base = URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        return Optional.of(new KubernetesApi(base, account.resolve("token"), http));
    }

    /** Asks for something; what is answered is read as it comes. */
    InputStream get(String pathAndQuery) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(pathAndQuery))
                .header("accept", "application/json")
                .header("authorization", "Bearer " + Files.readString(token).strip())
                .build();
        HttpResponse<InputStream> answer = answer(request);
        if (answer.statusCode() != OK) {
            answer.body().close();
            throw new IOException("the API server answered " + answer.statusCode() + " to "
                    + request.uri().getPath());
        }
        return answer.body();
    }

    /** The time is for the answer to begin: from Java 26 on, the timeout of a request would end a watch as well. */
    private HttpResponse<InputStream> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer = http.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("the API server gave no answer in " + TIMEOUT.toSeconds() + " seconds", e);
        }
    }
}
