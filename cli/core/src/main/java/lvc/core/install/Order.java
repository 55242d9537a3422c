package lvc.core.install;

import java.util.List;
import java.util.Map;
import lvc.core.kube.Manifest;

/**
 * What is to be installed.
 *
 * @param target the settings
 * @param manifests with the settings filled in
 * @param properties cluster properties with the values they are to have, but for the credentials of the object store
 * @param force whether fields that somebody else has set are taken over
 * @param rotate whether the object store gets new credentials
 */
public record Order(
        Target target, List<Manifest> manifests, Map<String, Object> properties, boolean force, boolean rotate) {
    public Order {
        manifests = List.copyOf(manifests);
        properties = Map.copyOf(properties);
    }
}
