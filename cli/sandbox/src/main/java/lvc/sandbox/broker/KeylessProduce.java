package lvc.sandbox.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kafka.cluster.Partition;
import kafka.network.RequestChannel;
import kafka.server.ApiRequestHandler;
import kafka.server.BrokerServer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.storage.internals.log.LogConfig;
import scala.Option;
import scala.reflect.ClassTag;

/**
 * Accepts records without a key for compacted topics, as Redpanda does and Apache Kafka does not (INVALID_RECORD).
 * Requests that hold such records, and no transaction, are answered here; every other request goes on unchanged.
 */
final class KeylessProduce implements ApiRequestHandler {

    private static final ClassTag<ProduceRequest> PRODUCE = ClassTag.apply(ProduceRequest.class);

    private final ApiRequestHandler kafka;
    private final RequestChannel channel;
    private final BrokerServer broker;
    private final Rules rules;

    KeylessProduce(ApiRequestHandler kafka, RequestChannel channel, BrokerServer broker, Rules rules) {
        this.kafka = kafka;
        this.channel = channel;
        this.broker = broker;
        this.rules = rules;
    }

    @Override
    public void handle(RequestChannel.Request request, RequestLocal local) {
        if (request.header().apiKey() == ApiKeys.PRODUCE) {
            ProduceRequest produce = request.body(PRODUCE);
            if (hasKeyless(produce, local.bufferSupplier()) && !RequestUtils.hasTransactionalRecords(produce)) {
                answer(request, produce);
                return;
            }
        }
        kafka.handle(request, local);
    }

    @Override
    public void tryCompleteActions() {
        kafka.tryCompleteActions();
    }

    private boolean hasKeyless(ProduceRequest produce, BufferSupplier buffers) {
        for (TopicProduceData topic : produce.data().topicData()) {
            String name = name(topic);
            for (PartitionProduceData each : topic.partitionData()) {
                boolean compacted = find(name, each.index())
                        .flatMap(Partition::unifiedLog)
                        .filter(log -> log.config().compact)
                        .isPresent();
                if (compacted && hasKeyless((MemoryRecords) each.records(), buffers)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasKeyless(MemoryRecords records, BufferSupplier buffers) {
        for (MutableRecordBatch batch : records.batches()) {
            try (CloseableIterator<Record> each = batch.skipKeyValueIterator(buffers)) {
                while (each.hasNext()) {
                    if (!each.next().hasKey()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void answer(RequestChannel.Request request, ProduceRequest produce) {
        ProduceResponseData answer = new ProduceResponseData();
        BatchAppender appender = new BatchAppender(broker.replicaManager());
        for (TopicProduceData topic : produce.data().topicData()) {
            String name = name(topic);
            List<PartitionProduceResponse> partitions = new ArrayList<>();
            for (PartitionProduceData each : topic.partitionData()) {
                partitions.add(append(name, each, request.header().apiVersion(), appender));
            }
            answer.responses()
                    .add(new TopicProduceResponse()
                            .setName(topic.name())
                            .setTopicId(topic.topicId())
                            .setPartitionResponses(partitions));
        }
        produce.clearPartitionRecords();
        if (produce.acks() == 0) {
            channel.sendNoOpResponse(request);
        } else {
            channel.sendResponse(request, new ProduceResponse(answer), Option.empty());
        }
    }

    private PartitionProduceResponse append(
            String topic, PartitionProduceData wanted, short version, BatchAppender appender) {
        PartitionProduceResponse answer =
                new PartitionProduceResponse().setIndex(wanted.index()).setBaseOffset(-1);
        Optional<Partition> partition = find(topic, wanted.index());
        if (rules.noProduce(topic)) {
            return answer.setErrorCode(Errors.TOPIC_AUTHORIZATION_FAILED.code());
        }
        if (partition.isEmpty()) {
            return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        try {
            ProduceRequest.validateRecords(version, wanted.records());
            MemoryRecords records = (MemoryRecords) wanted.records();
            LogConfig config = partition.get().localLogOrException().config();
            if (config.messageTimestampType == TimestampType.LOG_APPEND_TIME) {
                long now = System.currentTimeMillis();
                records.batches().forEach(batch -> batch.setMaxTimestamp(TimestampType.LOG_APPEND_TIME, now));
                answer.setLogAppendTimeMs(now);
            }
            return answer.setBaseOffset(appender.append(partition.get(), records))
                    .setLogStartOffset(partition.get().logStartOffset());
        } catch (ApiException e) {
            return answer.setErrorCode(Errors.forException(e).code()).setErrorMessage(e.getMessage());
        }
    }

    private String name(TopicProduceData topic) {
        return topic.topicId().equals(Uuid.ZERO_UUID)
                ? topic.name()
                : broker.metadataCache().getTopicName(topic.topicId()).orElse("");
    }

    private Optional<Partition> find(String topic, int partition) {
        Option<Partition> found = broker.replicaManager().onlinePartition(new TopicPartition(topic, partition));
        return found.isDefined() ? Optional.of(found.get()) : Optional.empty();
    }
}
