package lvc.acceptance.gate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.KafkaRecords;
import lvc.adapter.kafka.KafkaTopics;
import lvc.adapter.prometheus.PrometheusLag;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.adapter.redpanda.RedpandaTransforms;
import lvc.adapter.time.SystemPause;
import lvc.core.cache.Sampler;
import lvc.core.fold.LatestValues;
import lvc.core.gate.LagGate;
import lvc.core.gate.LagSample;
import lvc.core.gate.Target;
import lvc.core.metric.Scrape;
import lvc.core.port.Transforms.Uncertain;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.topic.Ends;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.jspecify.annotations.Nullable;

/** One transform between two topics of a sandbox, and everything one can see of it. */
final class Leg implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String NAME = "leg";

    private final ChildSandbox sandbox;
    private final KafkaTopics topics;
    private final KafkaRecords records;
    private final RedpandaTransforms transforms;
    private final Sampler sampler;
    private final String input;
    private final String output;

    Leg(ChildSandbox sandbox, int partitions) {
        this.sandbox = sandbox;
        SystemPause pause = new SystemPause();
        List<URI> brokers = List.of(URI.create(sandbox.admin()));
        AdminApi admin = new AdminApi(new AdminApi.Connection(brokers, Optional.empty(), Optional.empty()), TIMEOUT);
        this.topics = new KafkaTopics(sandbox.connection(), TIMEOUT, pause, name -> "");
        this.records = new KafkaRecords(sandbox.connection(), TIMEOUT);
        this.transforms = new RedpandaTransforms(admin);
        this.sampler = new Sampler(
                new RedpandaCluster(admin),
                topics,
                transforms,
                new PrometheusLag(brokers, Optional.empty(), Optional.empty(), TIMEOUT),
                records,
                pause);
        this.input = sandbox.topic(partitions, Map.of());
        this.output = sandbox.topic(partitions, Map.of());
    }

    String input() {
        return input;
    }

    /** So many records, half as many keys. */
    void write(int count) {
        List<NewRecord> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = ("k" + i % (count / 2)).getBytes(StandardCharsets.UTF_8);
            byte[] value = ("v" + i).getBytes(StandardCharsets.UTF_8);
            batch.add(new NewRecord(i + 1L, key, value, List.of(), NewRecord.UNSET, NewRecord.UNSET));
        }
        records.write(input, batch);
    }

    /** A target as recreate would note it: before the deploy. */
    Target noted() {
        Map<Integer, Long> before = new TreeMap<>();
        topics.ends(output).forEach((partition, ends) -> before.put(partition, ends.highWatermark()));
        Map<Integer, Ends> ends = topics.ends(input);
        return new Target(NAME, input, output, ends, true, before, Map.of());
    }

    void deploy() {
        try {
            transforms.deploy(
                    new TransformSpec(NAME, input, List.of(output), Map.of(), "none", Optional.of(StartFrom.BEGINNING)),
                    Module.identity().bytes());
        } catch (Uncertain e) {
            throw new IllegalStateException(e);
        }
    }

    LagSample look() {
        return sampler.look(NAME, input, output);
    }

    /** What somebody sees who adds up the lag of all brokers and takes what is absent for 0. */
    static double naiveLag(LagSample sample) {
        return sample.brokers().stream()
                .flatMap(scrape -> scrape instanceof Scrape.Answered broker ? broker.series().stream() : Stream.empty())
                .filter(series -> series.name().equals("redpanda_transform_lag"))
                .mapToDouble(series -> series.value())
                .sum();
    }

    static LagGate gate(Target target) {
        return LagGate.closed(target, 2, Duration.ofSeconds(60));
    }

    Map<String, String> foldOfInput() {
        return fold(input);
    }

    Map<String, String> foldOfOutput() {
        return fold(output);
    }

    private Map<String, String> fold(String topic) {
        LatestValues latest = new LatestValues(topic);
        records.read(topic, latest::add);
        Map<String, String> fold = new TreeMap<>();
        for (StoredRecord live : latest.live()) {
            fold.put(text(live.key()), text(live.value()));
        }
        return fold;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Turns a fault switch of the sandbox on, or off with an empty value. */
    void fault(String name, String value) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.admin() + "/sandbox/faults"))
                .PUT(BodyPublishers.ofString("{\"" + name + "\":\"" + value + "\"}"))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        topics.close();
    }
}
