package lvc.sandbox.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Allows everybody everything, except Produce requests to topics listed in {@code kafka_noproduce_topics}. As on
 * Redpanda, only Produce itself is refused: transactions can be ended, and transforms write past it.
 */
public final class WriteRules implements Authorizer {

    private static final String NO_ACLS = "the sandbox keeps no access control lists";

    private @Nullable Rules rules;

    /** Created by Apache Kafka, by name. */
    public WriteRules() {}

    @Override
    public void configure(Map<String, ?> settings) {
        rules = Rules.in(settings);
    }

    @Override
    public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
        return Map.of();
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext request, List<Action> actions) {
        boolean produce = request.requestType() == ApiKeys.PRODUCE.id;
        return actions.stream()
                .map(action -> produce && refuses(action) ? AuthorizationResult.DENIED : AuthorizationResult.ALLOWED)
                .toList();
    }

    private boolean refuses(Action action) {
        return action.operation() == AclOperation.WRITE
                && action.resourcePattern().resourceType() == ResourceType.TOPIC
                && requireNonNull(rules).noProduce(action.resourcePattern().name());
    }

    @Override
    public AuthorizationResult authorizeByResourceType(
            AuthorizableRequestContext request, AclOperation operation, ResourceType type) {
        return AuthorizationResult.ALLOWED;
    }

    @Override
    public List<? extends CompletionStage<AclCreateResult>> createAcls(
            AuthorizableRequestContext request, List<AclBinding> bindings) {
        throw new SecurityDisabledException(NO_ACLS);
    }

    @Override
    public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
            AuthorizableRequestContext request, List<AclBindingFilter> filters) {
        throw new SecurityDisabledException(NO_ACLS);
    }

    @Override
    public Iterable<AclBinding> acls(AclBindingFilter filter) {
        return List.of();
    }

    @Override
    public void close() {}
}
