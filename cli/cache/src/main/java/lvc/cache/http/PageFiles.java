package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page and the description of the interface: those that {@code page/files.txt} names, one a line, and no
 * other. They are read once; there is no way from a path to a file.
 */
final class PageFiles {
    private static final String FOLDER = "/lvc/cache/page/";
    private static final String LIST = "files.txt";
    private static final String INDEX = "index.html";
    private static final String OPENAPI = "/lvc/cache/http/openapi.yaml";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "mjs", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "json", "application/json",
            "yaml", "application/yaml",
            "txt", "text/plain;charset=UTF-8");

    private final Map<String, File> files;

    /** One of them. */
    private record File(String type, String tag, Buffer content) {}

    private PageFiles(Map<String, File> files) {
        this.files = files;
    }

    static PageFiles load() {
        Map<String, File> files = new HashMap<>();
        put(files, Route.OPENAPI.template(), OPENAPI);
        byte[] list = read(FOLDER + LIST);
        if (list != null) {
            new String(list, StandardCharsets.UTF_8)
                    .lines()
                    .filter(name -> !name.isBlank())
                    .forEach(name -> put(files, name.equals(INDEX) ? "/" : "/" + name, FOLDER + name));
        }
        return new PageFiles(files);
    }

    private static void put(Map<String, File> files, String path, String resource) {
        byte[] content = read(resource);
        if (content == null) {
            throw new IllegalStateException("there is no resource " + resource);
        }
        String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("of what type is " + resource + "?");
        }
        files.put(path, new File(type, tag(content), Buffer.buffer(content)));
    }

    private static byte @Nullable [] read(String resource) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, Long.BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Answers with a file. */
    void answer(Exchange exchange) {
        File file = files.get(exchange.path);
        if (file == null) {
            Answers.error(
                    exchange,
                    HttpResponseStatus.NOT_FOUND,
                    "not found",
                    "there is nothing at this path",
                    "see /v2/openapi.yaml");
            return;
        }
        HttpServerResponse response = exchange.response;
        response.putHeader(HttpHeaders.ETAG, file.tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, Names.NO_CACHE)
                .putHeader(Names.CONTENT_SECURITY_POLICY, POLICY)
                .putHeader(Names.REFERRER_POLICY, "no-referrer");
        if (Tags.match(exchange.request.getHeader(HttpHeaders.IF_NONE_MATCH), file.tag)) {
            response.setStatusCode(HttpResponseStatus.NOT_MODIFIED.code()).end();
        } else {
            Answers.send(exchange, HttpResponseStatus.OK, file.type, file.content);
        }
    }
}
