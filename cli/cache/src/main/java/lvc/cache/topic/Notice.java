package lvc.cache.topic;

/**
 * Something that whoever runs the cache should know.
 *
 * @param topic that it is about, or {@code NAMESPACE/NAME} of the Service whose pods are told
 * @param what happened, in few words
 * @param why or how, with values
 */
public record Notice(String topic, String what, String why) {}
