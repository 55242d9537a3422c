package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lvc.sandbox.broker.Logs;
import lvc.sandbox.transform.TransformControl;

/**
 * {@code /v1/partitions}: who leads a partition, and its raft group. The group of a partition is another one after its
 * topic was deleted and created again, which is how a client can tell two topics of one name apart.
 */
final class PartitionResource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Logs logs;
    private final TransformControl transforms;
    private final Node node;

    PartitionResource(Logs logs, TransformControl transforms, Node node) {
        this.logs = logs;
        this.transforms = transforms;
        this.node = node;
    }

    void addTo(Router router) {
        router.get(
                "/v1/partitions/redpanda/controller/0",
                Access.USER,
                request -> Answer.json(partition("redpanda", "controller", 0, 0)));
        router.get("/v1/partitions/{ns}/{topic}", Access.USER, this::topic);
        router.get("/v1/partitions/{ns}/{topic}/{partition}", Access.USER, this::one);
        router.add(
                "POST",
                "/v1/partitions/{ns}/{topic}/{partition}/transfer_leadership",
                Access.SUPERUSER,
                false,
                this::transferLeadership);
    }

    private Answer topic(Request request) throws Refusal {
        String topic = topicOf(request);
        int count = count(topic);
        ArrayNode all = JSON.arrayNode();
        for (int partition = 0; partition < count; partition++) {
            all.add(partition("kafka", topic, partition, group(topic, partition)));
        }
        return Answer.json(all);
    }

    private Answer one(Request request) throws Refusal {
        String topic = topicOf(request);
        int partition = partitionOf(request, topic);
        return Answer.json(partition("kafka", topic, partition, group(topic, partition)));
    }

    private Answer transferLeadership(Request request) throws Refusal {
        String topic = topicOf(request);
        int partition = partitionOf(request, topic);
        String target = request.query().get("target");
        if (target != null && !target.isEmpty() && !target.equals(Integer.toString(node.id()))) {
            if (!target.matches("-?\\d{1,9}")) {
                throw Refusal.badRequest("Target node id must be an integer: " + target);
            }
            throw Refusal.badRequest("Leadership transfer failed: node " + target + " has no replica");
        }
        transforms.leaderMoved(topic, partition);
        return Answer.empty();
    }

    private String topicOf(Request request) throws Refusal {
        String namespace = request.path("ns");
        String topic = request.path("topic");
        if (!namespace.equals("kafka") || logs.partitions(topic).isEmpty()) {
            throw Refusal.notFound("Could not find topic: " + namespace + "/" + topic);
        }
        return topic;
    }

    private int partitionOf(Request request, String topic) throws Refusal {
        String text = request.path("partition");
        if (!text.matches("-?\\d{1,9}")) {
            throw Refusal.badRequest("Partition id must be an integer: " + text);
        }
        int partition = Integer.parseInt(text);
        if (partition < 0) {
            throw Refusal.badRequest("Invalid partition id " + partition);
        }
        if (partition >= count(topic)) {
            throw Refusal.notFound("Could not find ntp: {kafka/" + topic + "/" + partition + "}");
        }
        return partition;
    }

    private int count(String topic) throws Refusal {
        return logs.partitions(topic).orElseThrow(() -> Refusal.notFound("Could not find topic: kafka/" + topic));
    }

    /** A number made of the topic's identity, the same for as long as the topic lives; 0 is the controller's. */
    private int group(String topic, int partition) throws Refusal {
        String id = logs.topicId(topic).orElseThrow(() -> Refusal.notFound("Could not find topic: kafka/" + topic));
        return Math.max(1, (31 * id.hashCode() + partition) & Integer.MAX_VALUE);
    }

    private ObjectNode partition(String namespace, String topic, int partition, int group) {
        ObjectNode json = JSON.objectNode()
                .put("ns", namespace)
                .put("topic", topic)
                .put("partition_id", partition)
                .put("status", "done")
                .put("leader_id", node.id())
                .put("raft_group_id", group);
        json.putArray("replicas").addObject().put("node_id", node.id()).put("core", 0);
        return json.put("disabled", false);
    }
}
