package lvc.cache.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page keeps to what its security policy allows, and never takes a value for markup. */
class PageTest {
    private static final Path FOLDER = Path.of("src", "main", "resources", "lvc", "cache", "page");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");
    private static final Pattern INLINE = Pattern.compile("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=");
    private static final Pattern MARKUP =
            Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function"
                    + "|createContextualFragment|setHTML|srcdoc|DOMParser");
    private static final Pattern KEPT = Pattern.compile("localStorage|sessionStorage|indexedDB|document\\.cookie");
    private static final Pattern ELSEWHERE = Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)|[\"'(]//");
    private static final Pattern ID_ASKED = Pattern.compile("(?:byId|say)\\('([a-z-]+)'");

    @Test
    void theFilesThatAreServedAreThoseThatThePageNames() throws IOException {
        List<String> served = Files.readAllLines(FOLDER.resolve("files.txt"));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("files.txt")))
                    .containsExactlyInAnyOrderElementsOf(served);
        }
        assertThat(found(REFERENCE, "index.html")).isNotEmpty().isSubsetOf(served);
    }

    @Test
    void nothingIsInlineAndNothingComesFromElsewhere() throws IOException {
        assertThat(found(INLINE, "index.html")).isEmpty();
        for (String file : List.of("index.html", "page.js", "page.css", "icon.svg")) {
            assertThat(found(ELSEWHERE, file)).as(file).isEmpty();
        }
    }

    @Test
    void valuesAreTextAndTheTokenIsForgotten() throws IOException {
        assertThat(found(MARKUP, "page.js")).isEmpty();
        assertThat(found(KEPT, "page.js")).isEmpty();
        assertThat(read("page.js")).contains(".textContent");
    }

    @Test
    void whatTheScriptLooksForIsThere() throws IOException {
        String page = read("index.html");

        assertThat(ID_ASKED.matcher(read("page.js")).results().map(id -> id.group(1)))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(page).contains("id=\"" + id + "\""));
    }

    private static String read(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    private static List<String> found(Pattern pattern, String file) throws IOException {
        return pattern.matcher(read(file))
                .results()
                .map((MatchResult match) -> match.groupCount() > 0 ? match.group(1) : match.group())
                .toList();
    }
}
