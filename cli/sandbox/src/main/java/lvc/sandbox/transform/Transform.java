package lvc.sandbox.transform;

import java.util.List;
import java.util.Map;
import lvc.sandbox.transform.TransformControl.StartOffset;

/**
 * A deployed transform as the table keeps it.
 *
 * @param id under which offsets are committed: kept when the same name is deployed again, never used twice
 * @param revision another one after every change; processors of an older revision are replaced
 * @param start where a partition begins that has committed nothing yet
 * @param module SHA-256 of the module's bytes
 */
record Transform(
        long id,
        long revision,
        String name,
        String input,
        List<String> outputs,
        Map<String, String> environment,
        String compression,
        StartOffset start,
        boolean paused,
        String module) {

    Transform withRevision(long next) {
        return new Transform(id, next, name, input, outputs, environment, compression, start, paused, module);
    }

    Transform withEnvironment(Map<String, String> next) {
        return new Transform(id, revision, name, input, outputs, next, compression, start, paused, module);
    }

    Transform withPaused(boolean next) {
        return new Transform(id, revision, name, input, outputs, environment, compression, start, next, module);
    }

    Transform withCompression(String next) {
        return new Transform(id, revision, name, input, outputs, environment, next, start, paused, module);
    }

    boolean uses(String topic) {
        return input.equals(topic) || outputs.contains(topic);
    }
}
