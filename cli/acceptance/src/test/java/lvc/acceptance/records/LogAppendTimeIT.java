package lvc.acceptance.records;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.KafkaRecords;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaTransforms;
import lvc.core.port.Records;
import lvc.core.port.Transforms;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.junit.jupiter.api.Test;

import static lvc.acceptance.records.Records.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What tells a record that a transform wrote from one that a producer wrote. */
class LogAppendTimeIT {
    private final ChildSandbox sandbox = ChildSandbox.shared();
    private final Records records = new KafkaRecords(sandbox.connection(), TIMEOUT);

    @Test
    void aRecordOfATransformHasTheBrokersTimeAndOneOfAProducerItsOwn() throws Transforms.Uncertain {
        // Given
        String input = sandbox.topic(1, Map.of());
        String output = sandbox.topic(1, Map.of());
        records.write(input, List.of(record("a", "1")));
        records.write(output, List.of(record("b", "2")));

        // When
        AdminApi.Connection admin =
                new AdminApi.Connection(List.of(URI.create(sandbox.admin())), Optional.empty(), Optional.empty());
        Transforms transforms = new RedpandaTransforms(new AdminApi(admin, TIMEOUT));
        transforms.deploy(
                new TransformSpec("stamp", input, List.of(output), Map.of(), "none", Optional.of(StartFrom.BEGINNING)),
                Module.identity().bytes());
        await().atMost(TIMEOUT).until(() -> read(output).size() == 2);
        transforms.delete("stamp");

        // Then
        assertThat(read(input)).extracting(StoredRecord::logAppendTime).containsExactly(false);
        assertThat(read(output)).extracting(StoredRecord::logAppendTime).containsExactly(false, true);
    }

    @Test
    void whereTheTopicSaysSoAProducersRecordHasTheBrokersTimeToo() {
        String topic = sandbox.topic(1, Map.of("message.timestamp.type", "LogAppendTime"));

        records.write(topic, List.of(record("a", "1")));

        assertThat(read(topic)).extracting(StoredRecord::logAppendTime).containsExactly(true);
    }

    private List<StoredRecord> read(String topic) {
        List<StoredRecord> read = new ArrayList<>();
        records.read(topic, read::add);
        return read;
    }

    private static NewRecord record(String key, String value) {
        return new NewRecord(1, bytes(key), bytes(value), List.of(), NewRecord.UNSET, NewRecord.UNSET);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
