package lvc.core.install;

import java.util.Optional;
import java.util.function.Supplier;
import lvc.core.fault.Fault;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;
import lvc.core.port.Objects;

/**
 * The two Secrets of an installation: that of the root user of the object store, and that of the user the brokers are.
 * What is there is read back and left as it is, whoever made it.
 */
final class Secrets {
    /** Counts how often the credentials in a Secret, or those that a pod was started with, were replaced. */
    private static final String GENERATION = "metadata/annotations/lvc~1credentials-generation";

    private static final String OF_TEMPLATE = "spec/template/" + GENERATION;

    private final Objects objects;
    private final Supplier<String> random;

    Secrets(Objects objects, Supplier<String> random) {
        this.objects = objects;
        this.random = random;
    }

    /** Where a Secret lies and what is in it. */
    enum Which {
        ROOT("root-user", "root-password", "root"),
        BROKERS("access-key", "secret-key", "redpanda");

        private final String user;
        private final String password;
        private final String prefix;

        Which(String user, String password, String prefix) {
            this.user = user;
            this.password = password;
            this.prefix = prefix;
        }

        private ObjectRef ref(Target target) {
            return this == ROOT
                    ? new ObjectRef("v1", "Secret", target.storeNamespace(), Target.ROOT_SECRET)
                    : new ObjectRef("v1", "Secret", target.brokerNamespace(), Target.STORE_SECRET);
        }
    }

    /**
     * Credentials and the Secret that keeps them.
     *
     * @param there whether the cluster has a Secret of this name
     * @param saved whether it is this one
     */
    record Kept(Credentials credentials, Manifest manifest, boolean there, boolean saved) {

        /** The pods of a StatefulSet are made anew when credentials that they were started with have been replaced. */
        Manifest in(Manifest set) {
            return manifest.text(GENERATION)
                    .map(generation -> set.with(OF_TEMPLATE, generation))
                    .orElse(set);
        }
    }

    /**
     * What the cluster has, else fresh ones that it is still to be given.
     *
     * @throws Fault REFUSED when there is a Secret with something else in it
     */
    Kept kept(Which which, Target target) {
        ObjectRef ref = which.ref(target);
        Optional<Manifest> found = objects.find(ref);
        if (found.isEmpty()) {
            Credentials fresh = Credentials.fresh(which.prefix, random);
            return new Kept(fresh, manifest(which, target, fresh), false, false);
        }
        Credentials credentials = Credentials.of(found.get(), which.user, which.password);
        if (credentials.user().isEmpty() || credentials.password().isEmpty()) {
            throw Fault.refused(
                    "nothing installed: " + ref + " is not what it should be",
                    "it has no " + which.user + " or no " + which.password,
                    "delete it when nobody needs it, or put both in");
        }
        return new Kept(credentials, found.get(), true, true);
    }

    /**
     * What is to be used.
     *
     * @param rotate whether others are to take the place of what is kept: the root user keeps its name, the brokers become
     *     another user
     */
    Kept wanted(Which which, Target target, boolean rotate) {
        Kept kept = kept(which, target);
        if (!rotate || !kept.there()) {
            return kept;
        }
        Credentials fresh = which == Which.ROOT
                ? new Credentials(kept.credentials().user(), random.get())
                : Credentials.fresh(which.prefix, random);
        long generation = kept.manifest().text(GENERATION).map(Long::parseLong).orElse(0L) + 1;
        Manifest replaced = manifest(which, target, fresh).with(GENERATION, Long.toString(generation));
        return new Kept(fresh, replaced, true, false);
    }

    private static Manifest manifest(Which which, Target target, Credentials credentials) {
        ObjectRef ref = which.ref(target);
        String component = which == Which.ROOT ? Target.STORE : Target.BROKERS;
        return credentials.secret(ref.namespace(), ref.name(), component, which.user, which.password);
    }
}
