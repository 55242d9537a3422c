package lvc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lvc.cli.command.CommandTree;
import lvc.cli.reference.CommandPages;
import lvc.cli.reference.EventPage;
import lvc.cli.reference.ExitPage;
import lvc.cli.reference.RightsPage;
import lvc.cli.reference.SettingPages;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.cli.setting.SettingsFile;
import lvc.cli.term.Terminal;
import lvc.cli.wiring.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages that are made from the code say what the code says. With -Dlvc.record=true they are written anew; the
 * difference is then reviewed like code.
 */
class ReferenceTest {
    private static final Path TOP = Path.of("..", "..");
    private static final Path PAGES = TOP.resolve("docs/reference");

    @Test
    void the_page_of_commands_holds_every_help_text() throws IOException {
        assertPage(PAGES.resolve("commands.md"), CommandPages.commands(commands()));
    }

    @Test
    void the_page_of_exit_codes_holds_every_exit_code() throws IOException {
        assertPage(PAGES.resolve("exit-codes.md"), ExitPage.exitCodes());
    }

    @Test
    void the_page_of_rights_holds_every_right_that_check_asks_for() throws IOException {
        assertPage(PAGES.resolve("rights.md"), RightsPage.page());
    }

    @Test
    void the_page_of_events_holds_every_event_with_a_sample() throws IOException {
        String source = Files.readString(TOP.resolve("cli/core/src/main/java/lvc/core/event/Event.java"));
        List<String> samples = Files.readAllLines(Path.of("src/test/resources/lvc/cli/view/events.jsonl"));

        assertPage(PAGES.resolve("events.md"), EventPage.events(source, samples));
    }

    @Test
    void the_page_of_settings_holds_every_setting() throws IOException {
        assertPage(PAGES.resolve("settings.md"), SettingPages.page(CommandPages.options(commands())));
    }

    @Test
    void the_settings_file_holds_every_setting_commented_out() throws IOException {
        String file = SettingPages.file();

        assertPage(TOP.resolve(SettingsFile.NAME), file);
        assertThat(file.lines()).allMatch(line -> line.isEmpty() || line.startsWith("#"));
        for (Setting setting : Setting.values()) {
            assertThat(file).contains("\n#" + setting.key() + "=" + setting.fallback() + "\n");
        }
        for (CacheSetting setting : CacheSetting.values()) {
            String name = CacheSetting.DEFAULT_CACHE;
            assertThat(file).contains("\n#" + setting.key(name) + "=" + setting.fallback(name) + "\n");
        }
    }

    @Test
    void a_settings_file_with_nothing_commented_out_changes_nothing(@TempDir Path directory) throws IOException {
        // Given
        String comments = SettingPages.file();
        Files.writeString(directory.resolve(SettingsFile.NAME), uncommented(comments));

        // When
        Settings settings = settings(SettingsFile.find(Optional.empty(), directory, Optional.empty()));

        // Then
        Settings builtIn = settings(Optional.empty());
        assertThat(settings.cache()).isEqualTo(builtIn.cache());
        assertThat(settings.timeout()).isEqualTo(builtIn.timeout());
        assertThat(settings.kafka()).isEqualTo(builtIn.kafka());
        assertThat(settings.all()).hasSizeGreaterThan(builtIn.all().size());
    }

    /** Only {@code #key=value}; a comment has a space after its number sign, and so has an example. */
    private static String uncommented(String file) {
        return Pattern.compile("(?m)^#(?=[a-z])").matcher(file).replaceAll((MatchResult match) -> "");
    }

    private static Settings settings(Optional<SettingsFile> file) {
        String approach = CacheSetting.APPROACH.key(CacheSetting.DEFAULT_CACHE);
        return Settings.of(CacheSetting.DEFAULT_CACHE, Map.of(approach, "b"), Map.of(), file);
    }

    private static CommandLine commands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return CommandTree.of(new Wiring(new Environment(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                nowhere,
                Map.of(),
                TOP,
                Optional.empty(),
                Terminal.NONE)));
    }

    private static void assertPage(Path file, String wanted) throws IOException {
        if (Boolean.getBoolean("lvc.record")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, wanted);
        }
        assertThat(Files.readString(file))
                .as(
                        "%s; written anew by: mvn -pl cli/app -am test -Dtest=ReferenceTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dlvc.record=true",
                        file)
                .isEqualTo(wanted);
    }
}
