package lvc.sandbox.broker;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kafka.network.RequestChannel;
import kafka.server.BrokerServer;
import kafka.server.ForwardingManager;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DeleteTopicsRequest;
import org.apache.kafka.common.requests.DeleteTopicsResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import scala.Function1;
import scala.Option;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * Stands between the broker and its controller, where requests that change the cluster pass, and makes two differences.
 *
 * <p>A topic that a transform uses cannot be deleted, and a protected topic is left out of the answer altogether (both
 * Redpanda source, cluster/topics_frontend.cc and kafka/server/handlers/delete_topics.cc).
 *
 * <p>An answer waits until the broker itself knows what was changed. Apache Kafka answers as soon as the controller has
 * decided, so that a topic just created may still be unknown where it is to be used; on Redpanda it is not.
 */
final class GuardedForwarding implements ForwardingManager {

    private static final ClassTag<DeleteTopicsRequest> DELETE = ClassTag.apply(DeleteTopicsRequest.class);

    private final ForwardingManager controller;
    private final BrokerServer broker;
    private final Rules rules;
    private final MetadataWatch metadata;

    GuardedForwarding(ForwardingManager controller, BrokerServer broker, Rules rules, MetadataWatch metadata) {
        this.controller = controller;
        this.broker = broker;
        this.rules = rules;
        this.metadata = metadata;
    }

    @Override
    public void forwardRequest(RequestChannel.Request request, Function1<Option<AbstractResponse>, BoxedUnit> answer) {
        switch (request.header().apiKey()) {
            case DELETE_TOPICS -> delete(request, request.body(DELETE).data(), answer);
            default -> controller.forwardRequest(request, onceKnown(answer));
        }
    }

    @Override
    public void forwardRequest(
            RequestChannel.Request request,
            AbstractRequest body,
            Function1<Option<AbstractResponse>, BoxedUnit> answer) {
        controller.forwardRequest(request, body, onceKnown(answer));
    }

    @Override
    public void forwardRequest(
            RequestContext context,
            ByteBuffer buffer,
            long createdNanos,
            AbstractRequest body,
            Function0<String> description,
            Function1<Option<AbstractResponse>, BoxedUnit> answer) {
        controller.forwardRequest(context, buffer, createdNanos, body, description, onceKnown(answer));
    }

    @Override
    public Optional<NodeApiVersions> controllerApiVersions() {
        return controller.controllerApiVersions();
    }

    @Override
    public void close() {
        controller.close();
    }

    private Function1<Option<AbstractResponse>, BoxedUnit> onceKnown(
            Function1<Option<AbstractResponse>, BoxedUnit> answer) {
        return response -> {
            OptionalLong decided = broker.raftManager().client().highWatermark();
            var unused = metadata.reached(decided.orElse(0) - 1).thenRun(() -> answer.apply(response));
            return BoxedUnit.UNIT;
        };
    }

    private void delete(
            RequestChannel.Request request,
            DeleteTopicsRequestData wanted,
            Function1<Option<AbstractResponse>, BoxedUnit> answer) {
        DeleteTopicsRequestData rest = wanted.duplicate();
        List<DeletableTopicResult> refused = new ArrayList<>();
        for (Iterator<String> names = rest.topicNames().iterator(); names.hasNext(); ) {
            keep(names.next(), Uuid.ZERO_UUID, refused, names);
        }
        for (Iterator<DeleteTopicState> states = rest.topics().iterator(); states.hasNext(); ) {
            DeleteTopicState state = states.next();
            keep(name(state), state.topicId(), refused, states);
        }
        DeleteTopicsRequest remaining =
                new DeleteTopicsRequest.Builder(rest).build(request.header().apiVersion());
        controller.forwardRequest(request, remaining, onceKnown(response -> {
            if (response.isDefined() && response.get() instanceof DeleteTopicsResponse deleted) {
                refused.forEach(deleted.data().responses()::add);
            }
            return answer.apply(response);
        }));
    }

    private @Nullable String name(DeleteTopicState state) {
        return state.name() != null
                ? state.name()
                : broker.metadataCache().getTopicName(state.topicId()).orElse(null);
    }

    /** Takes a topic out of the request when it must stay, with or without a word about it. */
    private void keep(@Nullable String name, Uuid id, List<DeletableTopicResult> refused, Iterator<?> at) {
        if (name == null) {
            return;
        }
        if (rules.noDelete(name)) {
            at.remove();
        } else if (rules.inUse(name) && broker.metadataCache().contains(name)) {
            at.remove();
            refused.add(new DeletableTopicResult()
                    .setName(name)
                    .setTopicId(id)
                    .setErrorCode(Errors.CLUSTER_AUTHORIZATION_FAILED.code())
                    .setErrorMessage(null));
        }
    }
}
