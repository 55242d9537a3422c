package lvc.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DataDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void aTemporaryDirectoryIsGoneAtTheEndWithAllThatIsInIt() throws Exception {
        // Given
        DataDirectory directory = DataDirectory.temporary(parent);
        Files.createDirectories(directory.path().resolve("broker/t-0"));
        Files.writeString(directory.path().resolve("broker/t-0/log"), "x");

        // When
        directory.close();

        // Then
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aNamedDirectoryStaysAndRemembersWhenItWasCreated() throws Exception {
        // Given
        Path named = parent.resolve("new/data");
        Instant created;
        try (DataDirectory first = DataDirectory.kept(named)) {
            created = first.created();
        }

        // When
        try (DataDirectory second = DataDirectory.kept(named)) {
            // Then
            assertThat(second.created()).isEqualTo(created);
        }
        assertThat(named).isDirectory();
    }

    @Test
    void aDirectoryThatIsInUseIsRefused() throws Exception {
        try (DataDirectory first = DataDirectory.kept(parent)) {
            assertThat(first.path()).isEqualTo(parent);
            assertThatThrownBy(() -> DataDirectory.kept(parent))
                    .isInstanceOfSatisfying(StartRefused.class, refused -> assertThat(refused.why())
                            .contains(parent.toString()));
        }
    }

    @Test
    void whatKilledSandboxesLeftIsCleanedAndWhatIsInUseIsNot() throws Exception {
        // Given
        Path killed = Files.createDirectories(parent.resolve("lvc-sandbox-123/broker"));
        Path other = Files.createDirectories(parent.resolve("something-else"));
        try (DataDirectory live = DataDirectory.temporary(parent)) {
            // When
            DataDirectory.clean(parent);

            // Then
            assertThat(killed.getParent()).doesNotExist();
            assertThat(other).exists();
            assertThat(live.path()).exists();
        }
    }

    @Test
    void lookingAtADirectoryInUseDoesNotSetItFree() throws Exception {
        try (DataDirectory live = DataDirectory.temporary(parent)) {
            // When
            DataDirectory.clean(parent);

            // Then another process, which knows nothing of this one, still finds it locked
            Process probe = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            LockProbe.class.getName(),
                            live.path().resolve("lvc-sandbox.lock").toString())
                    .inheritIO()
                    .start();
            assertThat(probe.waitFor()).isEqualTo(LockProbe.LOCKED);
        }
    }
}
