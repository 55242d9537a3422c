package lvc.core.port;

import java.util.List;
import lvc.core.metric.Scrape;

/** What the brokers say in their metrics. Each shows only the processors that run on it, so all must be asked. */
public interface Lag {

    /** Asks every broker whose address is known, one scrape for each; one that does not answer is {@link Scrape.Silent}. */
    List<Scrape> scrape();
}
