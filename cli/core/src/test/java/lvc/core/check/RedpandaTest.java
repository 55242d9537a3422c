package lvc.core.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lvc.core.report.BrokerSeen;
import lvc.core.report.Finding;
import lvc.core.report.Finding.Mark;
import lvc.core.report.Licence;
import lvc.core.report.NodeConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedpandaTest {
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final String VERSION = "v26.2.1 - abc";

    @Test
    void brokersThatLiveAndAreAlikeAreOneLine() {
        assertThat(Redpanda.brokers(List.of(broker(0, VERSION), broker(1, VERSION))))
                .containsExactly(Finding.good("brokers", "2 alive, v26.2.1"));
    }

    @Test
    void brokersThatAreNotAsTheyShouldBeAreNamed() {
        assertThat(Redpanda.brokers(List.of(
                        broker(0, VERSION),
                        new BrokerSeen(1, VERSION, false, "active", false),
                        new BrokerSeen(2, VERSION, true, "active", true),
                        new BrokerSeen(3, VERSION, true, "draining", false),
                        broker(4, "v25.3.1 - x"))))
                .extracting(finding -> finding.mark() + " " + finding.what())
                .containsExactly(
                        "BAD broker 1 is not alive",
                        "ODD broker 2 is in maintenance: it leads no partitions",
                        "ODD broker 3 is draining",
                        "ODD of several versions: v26.2.1, v25.3.1");
        assertThat(Redpanda.brokers(List.of(broker(0, "v23.3.5 - x"))))
                .extracting(Finding::mark)
                .containsExactly(Mark.BAD);
    }

    @Test
    void healthIsWhatTheClusterSays() {
        assertThat(Redpanda.health(List.of()).mark()).isEqualTo(Mark.GOOD);
        assertThat(Redpanda.health(List.of("nodes_down")))
                .extracting(Finding::mark, Finding::what)
                .containsExactly(Mark.BAD, "nodes_down");
    }

    @Test
    void configurationThatIsNotTakenIsSaidForEachBroker() {
        assertThat(Redpanda.configuration(List.of(new NodeConfig(0, 3, false, List.of(), List.of()))))
                .extracting(Finding::mark)
                .containsExactly(Mark.GOOD);
        assertThat(Redpanda.configuration(List.of(
                        new NodeConfig(0, 3, true, List.of("a"), List.of()),
                        new NodeConfig(1, 3, true, List.of(), List.of("b", "c")))))
                .extracting(finding -> finding.mark() + " " + finding.what())
                .containsExactly(
                        "ODD part of it holds only after a restart of broker 0, 1",
                        "BAD broker 0 does not take the value of a",
                        "BAD broker 1 does not know b, c");
    }

    @Test
    void transformsMustBeOnAndTieredStorageShould() {
        assertThat(Redpanda.transforms(Optional.of("true")).mark()).isEqualTo(Mark.GOOD);
        assertThat(Redpanda.transforms(Optional.of("false")).mark()).isEqualTo(Mark.BAD);
        assertThat(Redpanda.transforms(Optional.empty()).mark()).isEqualTo(Mark.BAD);
        assertThat(Redpanda.tiered(Optional.of("true")).mark()).isEqualTo(Mark.GOOD);
        assertThat(Redpanda.tiered(Optional.of("false")).mark()).isEqualTo(Mark.ODD);
    }

    @ParameterizedTest
    @CsvSource({"23,true,GOOD", "8,true,GOOD", "7,true,ODD", "0,true,ODD", "-1,true,BAD", "7,false,GOOD", "-1,false,ODD"
    })
    void aLicenceThatEndsIsSaidInTimeWhereItMatters(long days, boolean tiered, Mark mark) {
        Licence licence = new Licence(
                true,
                "free_trial",
                "x",
                Optional.of(NOW.plus(Duration.ofDays(days)).plusSeconds(60)),
                false,
                tiered ? List.of("cloud_storage") : List.of());
        assertThat(Redpanda.licence(Optional.of(licence), NOW).mark()).isEqualTo(mark);
    }

    @Test
    void whatTheLicenceIsStandsInTheLine() {
        Licence trial = new Licence(
                true, "free_trial", "x", Optional.of(NOW.plus(Duration.ofDays(23))), false, List.of("cloud_storage"));
        assertThat(Redpanda.licence(Optional.of(trial), NOW).what())
                .isEqualTo("trial, 23 days left; in use: cloud_storage");
        Licence given = new Licence(
                true, "enterprise", "Ada Ltd", Optional.of(NOW.minus(Duration.ofDays(3))), false, List.of());
        assertThat(Redpanda.licence(Optional.of(given), NOW).what())
                .isEqualTo("of Ada Ltd ended 2026-01-07; nothing in use needs one");
        Licence none = new Licence(false, "", "", Optional.empty(), false, List.of("cloud_storage"));
        assertThat(Redpanda.licence(Optional.of(none), NOW).mark()).isEqualTo(Mark.BAD);
        Licence nothing = new Licence(false, "", "", Optional.empty(), false, List.of());
        assertThat(Redpanda.licence(Optional.of(nothing), NOW).mark()).isEqualTo(Mark.GOOD);
        Licence violated = new Licence(true, "free_trial", "x", Optional.of(NOW), true, List.of("rbac"));
        assertThat(Redpanda.licence(Optional.of(violated), NOW).what()).startsWith("rbac in use without one");
        Licence endless = new Licence(true, "enterprise", "x", Optional.empty(), false, List.of());
        assertThat(Redpanda.licence(Optional.of(endless), NOW).mark()).isEqualTo(Mark.ODD);
        assertThat(Redpanda.licence(Optional.empty(), NOW).mark()).isEqualTo(Mark.GOOD);
    }

    private static BrokerSeen broker(int node, String version) {
        return new BrokerSeen(node, version, true, "active", false);
    }
}
