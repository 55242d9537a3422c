package lvc.cache.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** A request and its answer. Path and query are raw: keys may be any bytes, so nothing is tidied up. */
final class Exchange {
    private static final String ROOT = "/";

    final HttpServerRequest request;
    final HttpServerResponse response;
    final String path;
    final Route route;
    private final @Nullable String rawQuery;

    Exchange(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
        String uri = request.uri();
        int begin = uri.startsWith(ROOT) ? 0 : pathOfAbsolute(uri);
        int mark = uri.indexOf('?', begin);
        this.path = begin == 0 && mark < 0 ? uri : uri.substring(begin, mark < 0 ? uri.length() : mark);
        this.rawQuery = mark < 0 ? null : uri.substring(mark + 1);
        this.route = Route.of(path);
    }

    /** A request may name the whole address, as it does to a proxy (RFC 9112, 3.2.2). */
    private static int pathOfAbsolute(String uri) {
        int scheme = uri.indexOf("://");
        int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
        return slash < 0 ? uri.length() : slash;
    }

    Query query() {
        return Query.parse(rawQuery, route.parameters());
    }

    boolean plain() {
        return rawQuery == null;
    }

    boolean head() {
        return HttpMethod.HEAD.equals(request.method());
    }
}
