package lvc.cache.topic;

/**
 * Something that whoever runs the cache should know.
 *
 * @param what happened, in few words
 * @param why or how, with values
 */
public record Notice(String topic, String what, String why) {}
