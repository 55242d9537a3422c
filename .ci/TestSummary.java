import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the XML reports of Surefire and Failsafe below a folder and says which tests were skipped and why, so that
 * nothing skipped looks passed, which failed, which failed before they passed, and how many there were.
 *
 * <p>Usage: {@code java TestSummary.java FOLDER SINCE}, where SINCE is a time such as 2026-11-20T07:14:00Z: older
 * reports are left over from another run. Exit code 1 when there is no report at all.
 */
public final class TestSummary {
    private final TreeMap<String, List<String>> skipped = new TreeMap<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> flaky = new ArrayList<>();
    private int passed;

    public static void main(String[] args) throws Exception {
        TestSummary summary = new TestSummary();
        for (Path report : reports(Path.of(args[0]), Instant.parse(args[1]))) {
            summary.add(report);
        }
        System.exit(summary.print());
    }

    private static List<Path> reports(Path folder, Instant since) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> reports = files.filter(file -> file.toString().matches(".*/(surefire|failsafe)-reports/TEST-.*\\.xml"))
                    .sorted()
                    .toList();
            List<Path> fresh = new ArrayList<>();
            for (Path report : reports) {
                if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                    fresh.add(report);
                }
            }
            return fresh;
        }
    }

    private void add(Path report) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        NodeList cases = builder.parse(report.toFile()).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String type = test.getAttribute("classname");
            String name = type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name");
            if (test.getElementsByTagName("skipped").item(0) instanceof Element skip) {
                skipped.computeIfAbsent(reason(skip), ignored -> new ArrayList<>()).add(name);
            } else if (has(test, "failure") || has(test, "error")) {
                failed.add(name);
            } else {
                passed++;
                if (has(test, "flakyFailure") || has(test, "flakyError")) {
                    flaky.add(name);
                }
            }
        }
    }

    private static boolean has(Element test, String outcome) {
        return test.getElementsByTagName(outcome).getLength() > 0;
    }

    /** The first line of what the test said; Surefire writes it into an attribute or, with a stack trace, as text. */
    private static String reason(Element skip) {
        String said = skip.getAttribute("message") + "\n" + skip.getTextContent();
        return said.lines()
                .map(line -> line.strip().replaceFirst("^(org\\.opentest4j\\.TestAbortedException: )?(Assumption failed: )?(skipped: )?", ""))
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }

    private int print() {
        int count = skipped.values().stream().mapToInt(List::size).sum();
        System.out.println();
        failed.forEach(name -> System.out.println("failed: " + name));
        flaky.forEach(name -> System.out.println("flaky, failed and then passed: " + name));
        skipped.forEach((reason, names) -> {
            System.out.println("skipped: " + reason);
            names.forEach(name -> System.out.println("  " + name));
        });
        System.out.println("tests: %d passed, %d failed, %d skipped".formatted(passed, failed.size(), count));
        return passed + failed.size() + count == 0 ? 1 : 0;
    }
}
