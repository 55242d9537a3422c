package lvc.core.install;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReleaseTest {
    @ParameterizedTest
    @CsvSource({
        "v26.2.1, v26.2.1, ''",
        "v26.2.1, v26.2.9, ''",
        "v26.2.1, v26.3.1, ''",
        "v25.3.4, v26.1.1, ''",
        "v26.2.1, v26.2.0, there is no way back from v26.2.1 to v26.2.0",
        "v26.1.1, v25.3.9, there is no way back from v26.1.1 to v25.3.9",
        "v25.2.1, v26.1.1, from v25.2.1 to v26.1.1 leaves out 1 feature release: go through each",
        "v25.1.1, v26.2.1, from v25.1.1 to v26.2.1 leaves out 3 feature releases: go through each",
    })
    void oneStepForwardAtATime(String from, String to, String objection) {
        assertThat(release(from).objectionTo(release(to)).orElse("")).isEqualTo(objection);
    }

    @Test
    void anImageWithoutAReleaseIsNoReason() {
        assertThat(Release.ofImage("registry:5000/redpanda:latest")).isEmpty();
        assertThat(Release.ofImage("r/redpanda@sha256:0a")).isEmpty();
        assertThat(Release.ofImage("r/redpanda:v26.2.1@sha256:0a")).contains(new Release(26, 2, 1));
    }

    private static Release release(String tag) {
        return Release.ofImage("docker.redpanda.com/redpandadata/redpanda:" + tag)
                .orElseThrow();
    }
}
