package lvc.sandbox.broker;

import kafka.network.RequestChannel;
import kafka.server.ApiRequestHandler;
import kafka.server.BrokerServer;
import kafka.server.KafkaApis;
import kafka.server.KafkaRequestHandlerPool;
import kafka.server.KafkaRequestHandlerPoolFactory;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;

/**
 * Puts what Redpanda does differently into the path of requests. The factory of the request handlers is asked at the one
 * moment when the request handling exists and does not run yet, and when the group coordinator exists and the publisher
 * of metadata has not taken it yet; so everything is in its place before the first request.
 */
final class Differences extends KafkaRequestHandlerPoolFactory {

    private final BrokerServer broker;
    private final Rules rules;
    private final MetadataWatch metadata;

    private Differences(BrokerServer broker, Rules rules, MetadataWatch metadata) {
        this.broker = broker;
        this.rules = rules;
        this.metadata = metadata;
    }

    /** To be called before the servers start. */
    static void install(SharedServer shared, BrokerServer broker, Rules rules, MetadataWatch metadata) {
        KafkaInside.set(
                SharedServer.class, "requestHandlerPoolFactory", shared, new Differences(broker, rules, metadata));
    }

    @Override
    public KafkaRequestHandlerPool createPool(
            int node, RequestChannel channel, ApiRequestHandler apis, Time time, int threads, String role) {
        if (!role.equals("broker")) {
            return super.createPool(node, channel, apis, time, threads, role);
        }
        broker.groupCoordinator_$eq(KeptOffsets.around(broker.groupCoordinator()));
        KafkaInside.set(
                KafkaApis.class,
                "forwardingManager",
                apis,
                new GuardedForwarding(broker.forwardingManager(), broker, rules, metadata));
        ApiRequestHandler handler = new KeylessProduce(apis, channel, broker, rules);
        return super.createPool(node, channel, handler, time, threads, role);
    }
}
