package lvc.core.port;

import java.util.List;
import java.util.Map;
import lvc.core.report.NodeConfig;

/** The cluster properties of Redpanda. Values are texts, numbers and truth values. */
public interface Configuration {

    /** All properties and their values; what is secret is not the value but says that there is one. */
    Map<String, Object> values();

    /** What the cluster has against these values, by property; empty when it would take them. Changes nothing. */
    Map<String, String> objections(Map<String, Object> wanted);

    /**
     * Sets properties. It returns when one broker has taken them; the others follow.
     *
     * @return version of the configuration that has them
     * @throws lvc.core.fault.Fault FAILED when the cluster refuses them
     */
    long change(Map<String, Object> wanted);

    /** How far each broker is. */
    List<NodeConfig> nodes();
}
