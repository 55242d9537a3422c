package lvc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the documents point at is there: pages, headings, tests, and what the code says is described in them. */
class DocumentsTest {
    private static final Path TOP = Path.of("..", "..");
    private static final Path WHY = TOP.resolve("docs/why");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|DT))\\.(\\w+)`");
    private static final Pattern SWITCH = Pattern.compile("(?m)^ {8}([A-Z][A-Z0-9_]+)[,;]$");
    private static final Pattern RACE = Pattern.compile("\\braces? ((?:R\\d+(?:, )?)+)");

    @Test
    void every_link_leads_to_a_page_and_a_heading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : matches(LINK, Files.readString(page))) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                if (!Files.exists(target)) {
                    broken.add(page + ": " + link.group(1));
                } else if (link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    broken.add(page + ": " + link.group(1) + "#" + link.group(2));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        List<String> missing = new ArrayList<>();
        List<Path> sources = files(TOP.resolve("cli"), ".java").stream()
                .filter(file -> file.toString().contains("src/test/java")
                        || file.toString().contains("src\\test\\java"))
                .toList();
        for (Path page : pages()) {
            for (MatchResult test : matches(NAMED_TEST, Files.readString(page))) {
                String file = test.group(1) + ".java";
                boolean exists = false;
                for (Path source : sources) {
                    exists |= source.endsWith(file) && Files.readString(source).contains("void " + test.group(2) + "(");
                }
                if (!exists) {
                    missing.add(page + ": " + test.group());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void every_fault_switch_of_the_sandbox_is_described() throws IOException {
        String faults = Files.readString(TOP.resolve("cli/sandbox/src/main/java/lvc/sandbox/config/Faults.java"));
        String page = Files.readString(WHY.resolve("sandbox-limits.md"));

        assertThat(matches(SWITCH, faults)).isNotEmpty().allSatisfy(found -> assertThat(page)
                .contains("| `" + found.group(1) + "` |"));
    }

    @Test
    void every_race_that_the_code_names_is_described() throws IOException {
        String page = Files.readString(WHY.resolve("lag-races.md"));
        Set<String> races = new TreeSet<>();
        for (Path source : files(TOP.resolve("cli"), ".java")) {
            matches(RACE, Files.readString(source))
                    .forEach(found -> races.addAll(List.of(found.group(1).split(", "))));
        }

        assertThat(races).isNotEmpty().allSatisfy(race -> assertThat(page).contains("\n| " + race + " |"));
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files(TOP.resolve("docs"), ".md"));
        pages.add(TOP.resolve("README.md"));
        return pages;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    /** The names under which the headings of a page can be reached, made as GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new TreeSet<>();
        for (MatchResult heading : matches(HEADING, Files.readString(page))) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w\\- ]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }
}
