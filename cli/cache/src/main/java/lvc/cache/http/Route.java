package lvc.cache.http;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Everything that can be asked for. The description that is served must name the same; a test compares them. */
@SuppressWarnings("ImmutableEnumChecker") // its collections cannot be changed
enum Route {
    TOPICS("/v2/topics", "GET HEAD", ""),
    VALUE("/v2/topics/{topic}/values/{key}", "GET HEAD", "min-offsets timeout"),
    LISTING("/v2/topics/{topic}/values", "GET HEAD", "prefix after limit keys min-offsets timeout"),
    CHANGES("/v2/topics/{topic}/changes", "GET", "prefix key where last-event-id"),
    OPENAPI("/v2/openapi.yaml", "GET HEAD", ""),
    WRITE("/topics/{topic}/messages", "POST DELETE", "key sync"),
    V1_RAW("/cache/v1/raw/{key}", "GET HEAD", ""),
    V1_KEYS("/cache/v1/keys", "GET HEAD", ""),
    V1_VALUES("/cache/v1/values", "GET HEAD", ""),
    V1_OFFSET("/cache/v1/offset/{topic}/{partition}", "GET HEAD", ""),
    HEALTH("/q/health", "GET HEAD", ""),
    HEALTH_READY("/q/health/ready", "GET HEAD", ""),
    HEALTH_LIVE("/q/health/live", "GET HEAD", ""),
    Q_METRICS("/q/metrics", "GET HEAD", ""),
    METRICS("/metrics", "GET HEAD", ""),
    PAGE("/", "GET HEAD", ""),
    NONE("", "", "");

    private static final String V2_TOPIC = "/v2/topics/";
    private static final String VALUES = "/values";
    private static final String CHANGES_END = "/changes";
    private static final String WRITE_BEGIN = "/topics/";
    private static final String WRITE_END = "/messages";
    private static final String RAW = "/cache/v1/raw/";
    private static final String OFFSET = "/cache/v1/offset/";

    private final String template;
    private final List<String> methods;
    private final Set<String> parameters;

    Route(String template, String methods, String parameters) {
        this.template = template;
        this.methods = List.of(methods.split(" ", -1));
        this.parameters = Collections.unmodifiableSet(
                new TreeSet<>(parameters.isEmpty() ? List.of() : List.of(parameters.split(" ", -1))));
    }

    /** As the description has it. */
    String template() {
        return template;
    }

    List<String> methods() {
        return methods;
    }

    /** Names that may be behind the question mark. */
    Set<String> parameters() {
        return parameters;
    }

    /** Finds out what a raw path asks for: nothing in it is decoded or tidied up before. */
    static Route of(String path) {
        if (path.startsWith(V2_TOPIC)) {
            return ofTopic(path);
        }
        if (path.startsWith(RAW)) {
            return V1_RAW;
        }
        if (path.startsWith(OFFSET)) {
            return V1_OFFSET;
        }
        if (path.startsWith(WRITE_BEGIN)) {
            int topicEnd = topicEnd(path, WRITE_BEGIN.length());
            return path.length() - topicEnd == WRITE_END.length() && path.endsWith(WRITE_END) ? WRITE : NONE;
        }
        for (Route route : values()) {
            if (route.template.equals(path)) {
                return route;
            }
        }
        return path.isEmpty() ? NONE : PAGE;
    }

    private static Route ofTopic(String path) {
        int topicEnd = topicEnd(path, V2_TOPIC.length());
        if (path.startsWith(VALUES, topicEnd)) {
            int end = topicEnd + VALUES.length();
            return end == path.length() ? LISTING : path.charAt(end) == '/' ? VALUE : NONE;
        }
        return path.startsWith(CHANGES_END, topicEnd) && path.length() == topicEnd + CHANGES_END.length()
                ? CHANGES
                : NONE;
    }

    private static int topicEnd(String path, int begin) {
        int end = path.indexOf('/', begin);
        return end < 0 ? path.length() : end;
    }

    /** The raw topic in a path of this route. */
    String topic(String path) {
        int begin =
                switch (this) {
                    case WRITE -> WRITE_BEGIN.length();
                    case V1_OFFSET -> OFFSET.length();
                    default -> V2_TOPIC.length();
                };
        int end = topicEnd(path, begin);
        return path.indexOf('%') < 0 ? path.substring(begin, end) : Percent.text(Percent.decode(path, begin, end));
    }

    /** The bytes of the key in a path of this route: all that is left. */
    byte[] key(String path) {
        int begin = this == V1_RAW ? RAW.length() : topicEnd(path, V2_TOPIC.length()) + VALUES.length() + 1;
        return Percent.decode(path, begin, path.length());
    }
}
