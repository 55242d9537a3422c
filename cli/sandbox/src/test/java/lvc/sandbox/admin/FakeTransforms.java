package lvc.sandbox.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.sandbox.transform.TransformControl;
import org.jspecify.annotations.Nullable;

/** An engine that remembers what it was asked and answers what the test put in. */
final class FakeTransforms implements TransformControl {

    final List<Deployment> deployed = new ArrayList<>();
    final List<byte[]> modules = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    List<Report> reports = List.of();
    List<Committed> committed = List.of();
    List<Probe> probes = List.of();

    @Nullable
    Refused refused;

    @Override
    public void deploy(Deployment deployment, byte[] module) throws Refused {
        refuse();
        deployed.add(deployment);
        modules.add(module);
    }

    @Override
    public void delete(String name) {
        calls.add("delete " + name);
    }

    @Override
    public void update(String name, Change change) throws Refused {
        refuse();
        calls.add("update " + name + " " + change);
    }

    @Override
    public List<Report> list() {
        return reports;
    }

    @Override
    public List<Committed> committed(boolean showUnknown) {
        calls.add("committed " + showUnknown);
        return committed;
    }

    @Override
    public void collectGarbage() {
        calls.add("collectGarbage");
    }

    @Override
    public List<Probe> probes() {
        return probes;
    }

    @Override
    public Optional<String> userOf(String topic) {
        return Optional.empty();
    }

    @Override
    public void leaderMoved(String topic, int partition) {
        calls.add("leaderMoved " + topic + " " + partition);
    }

    private void refuse() throws Refused {
        if (refused != null) {
            throw refused;
        }
    }

    static Probe probe(String name, long lag) {
        return new Probe(
                name,
                List.of("out"),
                1234,
                1,
                2,
                Map.of("out", lag),
                Map.of("out", 99L),
                Map.of("running", 3L, "inactive", 0L, "errored", 1L),
                7,
                0.25,
                65536,
                2097152);
    }
}
