package lvc.acceptance.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.core.gate.LagGate;
import lvc.core.gate.LagSample;
import lvc.core.gate.Target;
import lvc.core.gate.Verdict;
import lvc.core.gate.Verdict.Fail;
import lvc.core.gate.Verdict.Open;
import lvc.core.gate.Verdict.Wait;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The races that a sandbox can run, with real records: what a naive poll reads, and what the gate says meanwhile. */
class GateIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RECORDS = 4_000;

    /** A gate that is given look after look, and what was seen meanwhile. */
    private static final class Watch {
        private final Leg leg;
        private final List<String> early = new ArrayList<>();
        private LagGate gate;
        private double largest;

        Watch(Leg leg, Target target) {
            this.leg = leg;
            this.gate = Leg.gate(target);
        }

        Verdict look() {
            LagSample sample = leg.look();
            double naive = Leg.naiveLag(sample);
            largest = Math.max(largest, naive);
            gate = gate.after(sample);
            if (naive == 0 && gate.verdict() instanceof Wait wait) {
                early.add(wait.reason());
            }
            return gate.verdict();
        }

        void untilOpen() {
            await().atMost(LIMIT).until(() -> {
                Verdict verdict = look();
                assertThat(verdict).isNotInstanceOf(Fail.class);
                return verdict instanceof Open;
            });
        }
    }

    @Test
    void rightAfterADeployTheLagIs0AndTheGateWaitsUntilAllIsCopied() {
        try (ChildSandbox sandbox = ChildSandbox.start("--commit-interval", "1s");
                Leg leg = new Leg(sandbox, 2)) {
            // Given
            leg.write(RECORDS);
            leg.fault("BATCH_DELAY_MS", "200");
            Watch watch = new Watch(leg, leg.noted());

            // When
            leg.deploy();
            watch.untilOpen();

            // Then
            assertThat(watch.early).isNotEmpty();
            assertThat(watch.early.get(0)).startsWith("partition 0 is ");
            assertThat(watch.early)
                    .anyMatch(reason -> reason.matches("partition \\d at [0-9,]+ of [0-9,]+ \\(waiting: .*\\)"));
            assertThat(leg.foldOfOutput()).hasSize(RECORDS / 2).isEqualTo(leg.foldOfInput());
        }
    }

    @Test
    void aCrashLoopShows0MostOfTheTimeAndTheGateFails() {
        try (ChildSandbox sandbox = ChildSandbox.start("--commit-interval", "100ms");
                Leg leg = new Leg(sandbox, 1)) {
            // Given
            leg.write(RECORDS);
            leg.fault("BATCH_DELAY_MS", "50");
            leg.fault("POISON_OFFSET", "3000");
            Watch watch = new Watch(leg, leg.noted());

            // When
            leg.deploy();
            await().atMost(LIMIT).until(() -> watch.look() instanceof Fail);

            // Then
            assertThat(((Fail) watch.gate.verdict()).reason())
                    .matches("partition 0 has failed on broker \\d+|broker \\d+ counts \\d+ failed partitions of leg"
                            + "|transform leg has failed again on broker \\d+ .*");
            assertThat(leg.foldOfOutput()).isNotEqualTo(leg.foldOfInput());
            await().atMost(LIMIT).until(() -> Leg.naiveLag(leg.look()) == 0);
        }
    }

    @Test
    void withoutAProcessorTheLagIsAbsentAndTheGateWaits() {
        try (ChildSandbox sandbox = ChildSandbox.start("--commit-interval", "100ms");
                Leg leg = new Leg(sandbox, 1)) {
            // Given
            leg.write(RECORDS);
            leg.fault("NO_PROCESSORS", "true");
            Watch watch = new Watch(leg, leg.noted());

            // When
            leg.deploy();
            Verdict verdict = watch.look();

            // Then
            assertThat(verdict).isEqualTo(new Wait("partition 0 is unknown (waiting: 0 of 1 partitions run)"));
            assertThat(watch.largest).isZero();
        }
    }

    @Test
    void afterALeaderHasMovedTheLagStartsAt0AndTheGateWaits() {
        try (ChildSandbox sandbox = ChildSandbox.start("--commit-interval", "3s");
                Leg leg = new Leg(sandbox, 1)) {
            // Given: a transform that has begun, and whose first commit is still some seconds away
            leg.write(RECORDS);
            leg.fault("BATCH_DELAY_MS", "100");
            Watch watch = new Watch(leg, leg.noted());
            leg.deploy();
            await().atMost(LIMIT).until(() -> leg.foldOfOutput().size() > 0);
            watch.early.clear();

            // When
            leg.fault("LEADER_MOVE", "1");
            watch.untilOpen();

            // Then
            assertThat(watch.early).anyMatch(reason -> reason.startsWith("partition 0 is "));
            assertThat(leg.foldOfOutput()).isEqualTo(leg.foldOfInput());
        }
    }

    @Test
    void markersAtTheEndKeepTheLagAboveZeroAndTheGateOpens() {
        try (ChildSandbox sandbox = ChildSandbox.start("--commit-interval", "100ms");
                Leg leg = new Leg(sandbox, 1)) {
            // Given: an aborted record and two markers at the end
            leg.write(RECORDS);
            transaction(sandbox, leg.input(), true);
            transaction(sandbox, leg.input(), false);
            Watch watch = new Watch(leg, leg.noted());

            // When
            leg.deploy();
            watch.untilOpen();

            // Then
            assertThat(Leg.naiveLag(leg.look())).isPositive();
            assertThat(leg.foldOfOutput()).isEqualTo(leg.foldOfInput());
        }
    }

    @Test
    void aBrokerThatDoesNotShowItsMetricsIsWaitedFor() {
        try (ChildSandbox sandbox = ChildSandbox.start("--commit-interval", "100ms");
                Leg leg = new Leg(sandbox, 1)) {
            // Given
            leg.write(RECORDS);
            Watch watch = new Watch(leg, leg.noted());
            leg.deploy();
            watch.untilOpen();

            // When
            leg.fault("METRICS_503", "1");
            Verdict verdict = watch.look();

            // Then
            assertThat(verdict)
                    .isEqualTo(new Wait("broker " + sandbox.admin()
                            + " did not show its metrics: status 503 from /public_metrics"));
        }
    }

    private static void transaction(ChildSandbox sandbox, String topic, boolean commit) {
        Properties settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", sandbox.brokers(), "transactional.id", "t"));
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            assertThat(producer.send(new ProducerRecord<>(topic, "k", commit ? "committed" : "aborted")))
                    .succeedsWithin(LIMIT);
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }
}
