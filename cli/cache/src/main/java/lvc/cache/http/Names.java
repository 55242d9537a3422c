package lvc.cache.http;

import io.vertx.core.http.HttpHeaders;

/** Names and values of headers, ready to be sent. */
final class Names {
    static final CharSequence TOPIC = HttpHeaders.createOptimized("lvc-topic");
    static final CharSequence POSITION = HttpHeaders.createOptimized("lvc-position");
    static final CharSequence FRESHNESS = HttpHeaders.createOptimized("lvc-freshness");
    static final CharSequence OFFSET = HttpHeaders.createOptimized("lvc-offset");
    static final CharSequence PARTITION = HttpHeaders.createOptimized("lvc-partition");
    static final CharSequence TIMESTAMP = HttpHeaders.createOptimized("lvc-timestamp");
    static final CharSequence HEADER = HttpHeaders.createOptimized("lvc-header");
    static final CharSequence HEADERS_OMITTED = HttpHeaders.createOptimized("lvc-headers-omitted");
    static final CharSequence KKV_OFFSETS = HttpHeaders.createOptimized("x-kkv-last-seen-offsets");
    static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("content-security-policy");
    static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
    static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("referrer-policy");
    static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("last-event-id");

    static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    static final CharSequence BYTES = HttpHeaders.createOptimized("application/octet-stream");
    static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    static final CharSequence JSON_LINES = HttpHeaders.createOptimized("application/x-ndjson");
    static final CharSequence EVENTS = HttpHeaders.createOptimized("text/event-stream");
    static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain;charset=UTF-8");
    static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    private Names() {}
}
