package lvc.adapter.redpanda;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.port.Cluster;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Cluster properties and partitions against a server that answers as it is told to. */
class RedpandaClusterTest {
    private static final String FENCE = "kafka_noproduce_topics";

    @Test
    void a_list_is_put_whole_and_the_answer_is_its_version() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(200, "{\"config_version\":17}")) {
            assertThat(new RedpandaCluster(api.client()).set(FENCE, List.of("a", "b")))
                    .isEqualTo(17);
            assertThat(new RedpandaCluster(api.client()).set(FENCE, List.of())).isEqualTo(17);

            assertThat(api.requests)
                    .containsExactly(
                            "PUT /v1/cluster_config {\"upsert\":{\"kafka_noproduce_topics\":[\"a\",\"b\"]},\"remove\":[]}",
                            "PUT /v1/cluster_config {\"upsert\":{\"kafka_noproduce_topics\":[]},\"remove\":[]}");
        }
    }

    @Test
    void a_refusal_says_which_property_and_why() throws IOException {
        try (FakeAdminApi api =
                new FakeAdminApi(400, "{\"kafka_noproduce_topics\":\"expected a list\",\"x\":\"no\"}")) {
            Fault fault =
                    catchThrowableOfType(Fault.class, () -> new RedpandaCluster(api.client()).set(FENCE, List.of("a")));

            assertThat(fault.exit()).isEqualTo(Exit.FAILED);
            assertThat(fault.what()).isEqualTo("cluster property kafka_noproduce_topics not set");
            assertThat(fault.why()).endsWith("said: kafka_noproduce_topics: expected a list; x: no");
        }
    }

    @Test
    void an_answer_without_a_version_is_no_version() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(200, "{}")) {
            Fault fault =
                    catchThrowableOfType(Fault.class, () -> new RedpandaCluster(api.client()).set(FENCE, List.of("a")));

            assertThat(fault.exit()).isEqualTo(Exit.FAILED);
            assertThat(fault.why()).contains("config_version");
        }
    }

    /** A transform that such a list lacks would count as gone, and a broker as one that need not be asked. */
    @Test
    void an_answer_that_is_no_list_is_no_empty_list() throws IOException {
        for (String answer : List.of("", "{}", "null")) {
            try (FakeAdminApi api = new FakeAdminApi(200, answer)) {
                RedpandaTransforms transforms = new RedpandaTransforms(api.client());
                RedpandaCluster cluster = new RedpandaCluster(api.client());

                for (ThrowingCallable asks : List.<ThrowingCallable>of(
                        transforms::list, transforms::committed, cluster::overview, cluster::configVersions)) {
                    Fault fault = catchThrowableOfType(Fault.class, asks);

                    assertThat(fault).as(answer).isNotNull();
                    assertThat(fault.exit()).isEqualTo(Exit.FAILED);
                    assertThat(fault.why()).contains("did not answer with a list");
                }
            }
        }
    }

    @Test
    void every_broker_tells_the_version_it_has_and_who_says_nothing_is_not_left_out() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(Map.of(
                "/v1/brokers",
                "[{\"node_id\":0},{\"node_id\":1},{\"node_id\":2}]",
                "/v1/cluster_config/status",
                "[{\"node_id\":2,\"restart\":false,\"config_version\":17},"
                        + "{\"node_id\":0,\"restart\":false,\"config_version\":16}]"))) {
            assertThat(new RedpandaCluster(api.client()).configVersions())
                    .isEqualTo(Map.of(0, 16L, 1, Cluster.NOT_SAID, 2, 17L));
        }
    }

    @Test
    void a_topic_is_known_by_the_raft_groups_of_its_partitions_in_order() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(
                200,
                "[{\"partition_id\":1,\"raft_group_id\":5},{\"partition_id\":10,\"raft_group_id\":7},"
                        + "{\"partition_id\":0,\"raft_group_id\":9}]")) {
            assertThat(new RedpandaPartitions(api.client()).identity("a.b-c")).isEqualTo("raft:9,5,7");
            assertThat(api.requests).containsExactly("GET /v1/partitions/kafka/a.b-c");
        }
    }

    @Test
    void a_topic_that_is_not_there_is_not_known_by_anything() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(404, "{\"message\":\"Could not find topic\",\"code\":404}")) {
            assertThat(new RedpandaPartitions(api.client()).identity("t")).isEmpty();
        }
    }
}
