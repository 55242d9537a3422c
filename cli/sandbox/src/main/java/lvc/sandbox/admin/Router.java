package lvc.sandbox.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the handler for a method and a path. A trailing slash counts for nothing, as on Redpanda. */
final class Router {

    /** Answers a request, or refuses it. */
    interface Handler {
        Answer handle(Request request) throws IOException, Refusal;
    }

    /**
     * One endpoint.
     *
     * @param parts the path cut at slashes; {@code {name}} stands for one part of any value
     * @param leaderOnly whether brokers that do not lead the controller answer 307
     */
    record Route(String method, List<String> parts, Access access, boolean leaderOnly, Handler handler) {}

    /** A route and the values that its {@code {…}} parts have in a path. */
    record Match(Route route, Map<String, String> values) {}

    private final List<Route> routes = new ArrayList<>();

    void get(String path, Access access, Handler handler) {
        add("GET", path, access, false, handler);
    }

    void add(String method, String path, Access access, boolean leaderOnly, Handler handler) {
        routes.add(new Route(method, parts(path), access, leaderOnly, handler));
    }

    /** The first route that fits; earlier ones win, so fixed paths are added before patterns. */
    Optional<Match> find(String method, String rawPath) throws Refusal {
        List<String> parts = parts(rawPath);
        for (Route route : routes) {
            if (route.method().equals(method) && fits(route.parts(), parts)) {
                return Optional.of(new Match(route, values(route.parts(), parts)));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(List<String> pattern, List<String> parts) {
        if (pattern.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!isVariable(pattern.get(i)) && !pattern.get(i).equals(parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> values(List<String> pattern, List<String> parts) throws Refusal {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = pattern.get(i);
            if (isVariable(part)) {
                values.put(part.substring(1, part.length() - 1), Request.decodePath(parts.get(i)));
            }
        }
        return values;
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }

    private static List<String> parts(String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(trimmed.split("/", -1));
    }
}
