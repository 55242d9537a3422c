package lvc.acceptance.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Whether Docker is there and has an image, or gets it in a minute. */
final class Docker {
    private static final int SECONDS = 60;

    private Docker() {}

    /**
     * The image, here. The calling test ends, skipped, when there is no Docker or the image does not come in time; with
     * {@code LVC_REQUIRE_DOCKER=true} it fails.
     */
    static DockerImageName require(String image) {
        Optional<String> missing = missing(image);
        String message = "skipped: " + missing.orElse("");
        if ("true".equals(System.getenv("LVC_REQUIRE_DOCKER"))) {
            assertThat(missing).as(message).isEmpty();
        }
        assumeTrue(missing.isEmpty(), message);
        return DockerImageName.parse(image);
    }

    private static Optional<String> missing(String image) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("Docker is not there");
        }
        DockerClient docker = DockerClientFactory.instance().client();
        try {
            docker.inspectImageCmd(image).exec();
            return Optional.empty();
        } catch (NotFoundException absent) {
            return pulled(docker, image)
                    ? Optional.empty()
                    : Optional.of("image " + image + " did not come within " + SECONDS + " s");
        }
    }

    private static boolean pulled(DockerClient docker, String image) {
        try {
            return docker.pullImageCmd(image).start().awaitCompletion(SECONDS, TimeUnit.SECONDS);
        } catch (DockerException refused) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
