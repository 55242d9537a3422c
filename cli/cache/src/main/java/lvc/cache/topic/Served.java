package lvc.cache.topic;

import lvc.cache.store.Image;
import lvc.cache.store.Position;

/**
 * What is served of a topic at one moment.
 *
 * @param image newer when it is looked at later, but of the same incarnation for ever
 * @param incarnation of the topic that the image is of
 * @param ready whether the image was complete once; before, nobody is to see it
 */
public record Served(Image image, String incarnation, Freshness freshness, boolean ready) {

    /** How far the image reaches now. */
    public Position position() {
        return new Position(image.offsets(), incarnation);
    }
}
