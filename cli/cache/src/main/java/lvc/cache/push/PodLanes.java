package lvc.cache.push;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The pods that are told, as they come, turn ready and go. */
final class PodLanes implements AutoCloseable {
    private final Function<PodAddress, List<Lane>> opener;
    private final Map<PodAddress, List<Lane>> lanes = new HashMap<>();
    private boolean closed;

    /** @param opener begins to follow all topics for a pod that is not ready */
    PodLanes(Function<PodAddress, List<Lane>> opener) {
        this.opener = opener;
    }

    /** Says which pods there are, and whether they are ready. What waits for one that is gone is forgotten. */
    synchronized void are(Map<PodAddress, Boolean> pods) {
        if (closed) {
            return;
        }
        lanes.entrySet().removeIf(pod -> {
            boolean gone = !pods.containsKey(pod.getKey());
            if (gone) {
                pod.getValue().forEach(Lane::close);
            }
            return gone;
        });
        pods.forEach((pod, ready) -> lanes.computeIfAbsent(pod, opener).forEach(lane -> lane.ready(ready)));
    }

    @Override
    public synchronized void close() {
        are(Map.of());
        closed = true;
    }
}
