package lvc.core.transform;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A transform to deploy.
 *
 * @param environment variables the module sees; values may be secrets and are never printed
 * @param compression none, gzip, snappy, lz4 or zstd
 * @param start where a new name starts; absent leaves it to the broker, which takes the time of the deploy
 */
public record TransformSpec(
        String name,
        String input,
        List<String> outputs,
        Map<String, String> environment,
        String compression,
        Optional<StartFrom> start) {
    public TransformSpec {
        outputs = List.copyOf(outputs);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** The same transform with another environment. */
    public TransformSpec with(Map<String, String> other) {
        return new TransformSpec(name, input, outputs, other, compression, start);
    }

    /** The same transform under another name. */
    public TransformSpec named(String other) {
        return new TransformSpec(other, input, outputs, environment, compression, start);
    }
}
