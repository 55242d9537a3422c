package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import lvc.sandbox.broker.Logs;

/** {@code /v1/cloud_storage/status}: the sandbox tiers nothing, so every partition is local only. */
final class CloudStorageResource {

    private final Logs logs;
    private final PartitionSize size;

    CloudStorageResource(Logs logs, PartitionSize size) {
        this.logs = logs;
        this.size = size;
    }

    void addTo(Router router) {
        router.get("/v1/cloud_storage/status/{topic}/{partition}", Access.USER, this::status);
    }

    private Answer status(Request request) throws Refusal {
        String topic = request.path("topic");
        String text = request.path("partition");
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.badRequest("Partition id must be an integer: " + text);
        }
        int partition = Integer.parseInt(text);
        if (partition >= logs.partitions(topic).orElse(0)) {
            throw Refusal.notFound("{kafka/" + topic + "/" + partition + "} could not be found on the node.");
        }
        long bytes = size.bytes(topic, partition);
        return Answer.json(JsonNodeFactory.instance
                .objectNode()
                .put("cloud_storage_mode", "disabled")
                .put("ms_since_last_manifest_upload", 0)
                .put("ms_since_last_segment_upload", 0)
                .put("metadata_update_pending", false)
                .put("total_log_size_bytes", bytes)
                .put("cloud_log_size_bytes", 0)
                .put("stm_region_size_bytes", 0)
                .put("archive_size_bytes", 0)
                .put("local_log_size_bytes", bytes)
                .put("stm_region_segment_count", 0)
                .put("cloud_log_segment_count", 0)
                .put("local_log_segment_count", 1)
                .put("local_log_start_offset", logs.earliest(topic, partition))
                .put("local_log_last_offset", logs.highWatermark(topic, partition) - 1));
    }
}
