package lvc.cache.push;

import java.nio.file.Path;
import java.util.Map;
import lvc.core.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class KubernetesApiTest {

    @Test
    void outsideOfAClusterThereIsNone() {
        assertThat(KubernetesApi.inCluster(Map.of("HOME", "/"), Path.of("/"))).isEmpty();
    }

    @Test
    void podWithoutATokenIsToldWhichManifestsGiveItOne(@TempDir Path folder) {
        Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1");

        Fault fault = catchThrowableOfType(Fault.class, () -> KubernetesApi.inCluster(pod, folder));

        assertThat(fault.exit().code()).isEqualTo(2);
        assertThat(fault.why()).contains("no token", folder.toString());
        assertThat(fault.next()).contains("manifests/cache-push");
    }
}
