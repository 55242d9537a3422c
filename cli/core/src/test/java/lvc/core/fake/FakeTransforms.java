package lvc.core.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lvc.core.port.Transforms;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;

/** Transforms in memory. What the next lists and deploys answer can be scripted. */
public final class FakeTransforms implements Transforms {
    public final Map<String, TransformState> transforms = new LinkedHashMap<>();
    public final List<TransformSpec> deployed = new ArrayList<>();
    public final List<String> deleted = new ArrayList<>();
    public final List<Committed> committed = new ArrayList<>();
    /** Status of the rows of a fresh transform, one per list; the last one stays. */
    public final Deque<Status> statuses = new ArrayDeque<>(List.of(Status.RUNNING));
    /** How many deploys are applied and then answered with uncertainty. */
    public int uncertain;
    /** How many lists a deleted transform is still in. */
    public int lingering;

    private final Map<String, Integer> leaving = new LinkedHashMap<>();
    private final int partitions;

    public FakeTransforms(int partitions) {
        this.partitions = partitions;
    }

    public void add(String name, String input, String... outputs) {
        transforms.put(name, new TransformState(name, input, List.of(outputs), Map.of(), "none", rows(Status.RUNNING)));
    }

    @Override
    public List<TransformState> list() {
        Status status = statuses.size() > 1 ? statuses.pop() : statuses.peek();
        leaving.replaceAll((name, left) -> left - 1);
        leaving.entrySet().removeIf(entry -> {
            if (entry.getValue() < 0) {
                transforms.remove(entry.getKey());
                return true;
            }
            return false;
        });
        return transforms.values().stream()
                .map(t -> new TransformState(
                        t.name(), t.input(), t.outputs(), t.environment(), t.compression(), rows(status)))
                .toList();
    }

    @Override
    public void deploy(TransformSpec transform, byte[] module) throws Uncertain {
        deployed.add(transform);
        add(transform.name(), transform.input(), transform.outputs().toArray(String[]::new));
        if (uncertain-- > 0) {
            throw new Uncertain("504");
        }
    }

    @Override
    public void delete(String name) {
        deleted.add(name);
        leaving.put(name, lingering);
    }

    @Override
    public void pause(String name, boolean paused) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Committed> committed() {
        return List.copyOf(committed);
    }

    private List<Row> rows(Status status) {
        List<Row> rows = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            rows.add(new Row(1, p, status, 0));
        }
        return rows;
    }
}
