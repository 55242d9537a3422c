package lvc.cache;

/** The settings of a cache that is served; the same with lvc serve as where the cache is deployed alone. */
public enum ServeSetting {
    TOPICS("topics", "", "Serve: topics, separated by commas. Empty: the hot topic of the cache."),
    HOST("host", "127.0.0.1", "Serve: address to listen on. 0.0.0.0 is for everybody, and wants tokens and TLS."),
    PORT("port", "8080", "Serve: port to listen on; 0 picks a free one."),
    READ_TOKEN_FILE("read-token-file", "", "Serve: file with the token that readers bring. Empty: they need none."),
    WRITES("writes", "false", "Serve: whether values can be written over HTTP as well."),
    WRITE_TOKEN_FILE("write-token-file", "", "Serve: file with the token that writers bring. Empty: they need none."),
    TLS_CERTIFICATE_FILE("tls-certificate-file", "", "Serve: PEM file with the server's certificate chain."),
    TLS_KEY_FILE("tls-key-file", "", "Serve: PEM file with the key of the certificate."),
    V1_TOPIC("v1-topic", "", "Serve: topic of the paths of version 1, which name none. Empty: the only one."),
    V1_OPEN(
            "v1-open",
            "false",
            "Serve: whether version 1, whose clients can bring no token, is open to other machines."),
    QUIET(
            "quiet",
            "30s",
            "Serve: how long a topic that was created anew must be quiet before it takes over where no run of recreate vouches for it."),
    IMAGES("images", "", "Serve: directory for the values of each topic, for a quick next start. Empty: none is kept."),
    CHANGES_MEMORY(
            "changes-memory", "16", "Serve: mebibytes for the newest changes of a topic, for readers who follow."),
    CONNECTIONS("connections", "20000", "Serve: connections at a time."),
    STREAMS_PER_CLIENT("streams-per-client", "200", "Serve: streams of changes that one address may follow at a time."),
    PUSH_TARGETS(
            "push.targets",
            "",
            "Serve: addresses that are told of every change, as http://host:port/path, separated by commas."),
    PUSH_SERVICE(
            "push.service",
            "",
            "Serve: Service whose ready pods are told of every change, as NAMESPACE/NAME:PORT; within Kubernetes."),
    PUSH_SERVICE_ACCOUNT(
            "push.service-account",
            "/var/run/secrets/kubernetes.io/serviceaccount",
            "Serve: directory of the token and the certificate for the API server, to learn the pods of push.service."),
    PUSH_PATH("push.path", "/kafka-keyvalue/v1/updates", "Serve: path at the pods of push.service."),
    PUSH_VERSION(
            "push.version",
            "1",
            "Serve: what targets are told: 1 keys as kafka-keyvalue does, 2 values and deletions as well.");

    /** What all keys begin with. */
    public static final String PREFIX = "serve.";

    private final String ending;
    private final String fallback;
    private final String doc;

    ServeSetting(String ending, String fallback, String doc) {
        this.ending = ending;
        this.fallback = fallback;
        this.doc = doc;
    }

    /** As in the settings file. */
    public String key() {
        return PREFIX + ending;
    }

    /** The key without what all begin with. */
    public String ending() {
        return ending;
    }

    /** The built-in value. */
    public String fallback() {
        return fallback;
    }

    /** What it is for, in one or two sentences. */
    public String doc() {
        return doc;
    }
}
