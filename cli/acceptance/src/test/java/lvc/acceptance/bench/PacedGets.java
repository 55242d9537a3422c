package lvc.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Requests at a rate that does not depend on the answers: each connection of h2load (which must be on the PATH) has one to
 * send at fixed intervals. What comes late makes those wait that were due meanwhile, which h2load does not count; they are
 * added as if each had been sent when it was due (Gil Tene's correction for coordinated omission).
 */
final class PacedGets {
    private static final int ADDRESSES = 200_000;
    private static final int SECONDS = 15;
    private static final long WARM_UP_MICROS = 5_000_000;
    private static final long SECOND_MICROS = 1_000_000;

    private final Path work;
    private final int keys;
    private final int eachPerSecond;

    /** A line of h2load's log: microseconds. */
    private record Answer(long sent, String status, long took) {
        static Answer of(String line) {
            String[] fields = line.split("\\s+", -1);
            return new Answer(Long.parseLong(fields[0]), fields[1], Long.parseLong(fields[2]));
        }
    }

    /** @param perSecond over all connections */
    PacedGets(Path work, int keys, int perSecond) {
        this.work = work;
        this.keys = keys;
        this.eachPerSecond = perSecond / GetBench.CONNECTIONS;
    }

    int perSecond() {
        return eachPerSecond * GetBench.CONNECTIONS;
    }

    /** @param address of a key by its number */
    String run(IntFunction<String> address) throws IOException, InterruptedException {
        Path addresses = work.resolve("addresses");
        Path log = work.resolve("h2load.log");
        Random dice = new Random(1);
        Files.write(
                addresses,
                Stream.generate(() -> address.apply(dice.nextInt(keys)))
                        .limit(ADDRESSES)
                        .toList());
        Files.deleteIfExists(log);
        String said = Child.output(List.of(
                "h2load",
                "--h1",
                "-t1",
                "-c" + GetBench.CONNECTIONS,
                "--rps=" + eachPerSecond,
                "-D" + SECONDS,
                "-i" + addresses,
                "--log-file=" + log));
        try (Stream<String> lines = Files.lines(log)) {
            return times(lines.map(Answer::of).toList(), said);
        }
    }

    private String times(List<Answer> answers, String said) {
        if (answers.isEmpty()
                || !answers.stream().allMatch(answer -> answer.status().equals("200"))) {
            throw new IllegalStateException("not all were answered: "
                    + answers.stream().map(Answer::status).collect(Collectors.toSet()) + " " + said);
        }
        long begun = answers.stream().mapToLong(Answer::sent).min().orElseThrow();
        long interval = SECOND_MICROS / eachPerSecond;
        long[] micros = answers.stream()
                .filter(answer -> answer.sent() - begun > WARM_UP_MICROS)
                .flatMapToLong(answer -> LongStream.iterate(answer.took(), took -> took > 0, took -> took - interval))
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
                micros[micros.length / 2] / 1e3,
                micros[(int) (micros.length * 0.99)] / 1e3,
                micros[(int) (micros.length * 0.999)] / 1e3);
    }
}
