package lvc.core.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.report.ClusterOverview;

/** The cluster as a whole. */
public interface Cluster {

    /** The version of a broker that is a member of the cluster, and has told nobody yet what it has applied. */
    long NOT_SAID = -1;

    /** Who it is and how it is. */
    ClusterOverview overview();

    /** The value of a cluster property as text; empty when this cluster does not know it. Lists are joined by commas. */
    Optional<String> setting(String name);

    /**
     * Sets a cluster property that is a list. It returns when one broker has taken it; the others follow.
     *
     * @return version of the cluster's configuration from which on the property has this value; a property that had it
     *     already changes no version
     * @throws lvc.core.fault.Fault FAILED when the cluster refuses it
     */
    long set(String name, List<String> values);

    /** Which version of the cluster's configuration each broker has applied, by node; {@link #NOT_SAID} if it does not say. */
    Map<Integer, Long> configVersions();
}
