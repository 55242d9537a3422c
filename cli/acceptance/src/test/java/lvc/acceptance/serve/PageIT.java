package lvc.acceptance.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import lvc.acceptance.real.RealComponent;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.cache.Serving;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The page as a person sees it, in Chromium. Its pictures are left in target/page. */
@Timeout(180)
class PageIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of("target", "page");
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private final ChildSandbox sandbox = ChildSandbox.shared();

    @Test
    void showsValuesAndHowTheyChange() throws Exception {
        Path chromium = RealComponent.CHROMIUM.require();
        String topic = sandbox.topic(2, COMPACTED);
        Feeds.write(
                sandbox,
                IntStream.range(0, 40)
                        .mapToObj(i -> new ProducerRecord<>(topic, "city/" + i, "{\"degrees\":" + i + "}"))
                        .toArray(ProducerRecord<?, ?>[]::new));
        Feeds.write(sandbox, new ProducerRecord<>(topic, "evil", "<img src=x onerror=document.title='broken'>"));
        // Not a directory of JUnit's: the browser writes there until its last process is gone.
        Path profile = Files.createTempDirectory("lvc-browser-");
        try (Serving serving = Servings.start(sandbox.connection(), Map.of(), topic);
                Browser browser = new Browser(chromium, profile, 1100, 1200)) {
            browser.go(serving.address() + "/");
            await().atMost(SOON).until(() -> browser.text().contains("city/7"));
            assertThat(browser.text()).contains(topic, "live", "41");
            browser.picture(PICTURES.resolve("values.png"));

            Feeds.write(sandbox, new ProducerRecord<>(topic, "city/7", "{\"degrees\":99}"));
            await().atMost(SOON).until(() -> browser.text().contains("{\"degrees\":99}"));
            browser.picture(PICTURES.resolve("changed.png"));

            search(browser, "evil");
            await().atMost(SOON).until(() -> !browser.text().contains("city/7"));
            assertThat(browser.text()).as("values are text").contains("<img src=x");
            assertThat(browser.evaluate("document.title")).doesNotContain("broken");

            Feeds.write(sandbox, new ProducerRecord<>(topic, "evil", null));
            await().atMost(SOON).until(() -> !browser.text().contains("<img src=x"));

            Feeds.createAgain(sandbox, topic, COMPACTED);
            await().atMost(SOON).until(() -> browser.text().contains("resyncing"));
            browser.picture(PICTURES.resolve("resyncing.png"));
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aCacheThatIsGoneIsNotShownAsLiveAndItsValuesStay() throws Exception {
        Path chromium = RealComponent.CHROMIUM.require();
        String topic = sandbox.topic(1, COMPACTED);
        Feeds.write(sandbox, new ProducerRecord<>(topic, "city/7", "here"));
        Path profile = Files.createTempDirectory("lvc-browser-");
        try (Browser browser = new Browser(chromium, profile, 1100, 800)) {
            String port;
            try (Serving serving = Servings.start(sandbox.connection(), Map.of(), topic)) {
                port = Integer.toString(serving.port());
                browser.go(serving.address() + "/");
                await().atMost(SOON).until(() -> browser.text().contains("city/7"));
                assertThat(freshness(browser)).contains("live");
            }

            await().atMost(SOON).until(() -> freshness(browser).contains("unknown"));
            await().atMost(SOON).until(() -> browser.text().contains("the cache does not answer; asking again"));
            assertThat(browser.text()).contains("city/7", "Shown is what it said last");
            browser.picture(PICTURES.resolve("gone.png"));

            try (Serving serving = Servings.start(sandbox.connection(), Map.of("serve.port", port), topic)) {
                await().atMost(SOON).until(() -> freshness(browser).contains("live"));
                Feeds.write(sandbox, new ProducerRecord<>(topic, "city/7", "another value"));
                await().atMost(SOON).until(() -> browser.text().contains("another value"));
                assertThat(serving.topics()).hasSize(1);
            }
        }
    }

    private static String freshness(Browser browser) {
        return String.valueOf(browser.evaluate("document.getElementById('freshness').textContent"));
    }

    private static void search(Browser browser, String prefix) {
        browser.evaluate("const box = document.getElementById('search'); box.value = '" + prefix
                + "'; box.dispatchEvent(new Event('input', {bubbles: true})); box.form.requestSubmit();");
    }
}
