package lvc.acceptance.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Getting values of random keys: as many as there can be (wrk, which must be on the PATH), and at half that rate on a
 * schedule that does not wait for slow answers.
 */
final class GetBench {
    static final int CONNECTIONS = 32;
    private static final int SECONDS = 10;
    private static final String SECOND = "/v2/topics/" + ServedRecords.TOPIC + "/values/";
    private static final String FIRST = "/cache/v1/raw/";

    private final Benchmarks table;
    private final Path work;
    private final int rounds;

    /** What wrk says. */
    private record Wrk(double perSecond, String p99) {}

    GetBench(Benchmarks table, Path work, int rounds) {
        this.table = table;
        this.work = work;
        this.rounds = rounds;
    }

    void run(RunningCache cache, int keys, Optional<RedisBench.Measured> redis)
            throws IOException, InterruptedException {
        if (Child.find("wrk").isEmpty()) {
            table.skipped("GET of random keys", "wrk is not on the PATH");
            return;
        }
        List<Wrk> ours = new ArrayList<>();
        List<Wrk> first = new ArrayList<>();
        List<Wrk> bare = new ArrayList<>();
        try (BareServer server = BareServer.start()) {
            // The first round warms up both.
            for (int round = 0; round <= rounds; round++) {
                ours.add(wrk(cache.address + SECOND, keys));
                first.add(wrk(cache.address + FIRST, keys));
                bare.add(wrk(server.address() + "/", keys));
            }
            compare("GET of random keys, version 2, 32 connections", ours, bare);
            compare("GET of random keys, version 1, 32 connections", first, bare);
            redis.ifPresent(measured -> row(
                    "GET of random keys, version 2, 32 connections",
                    ours,
                    "Redis in its own protocol",
                    measured.getsPerSecond(),
                    ""));
            paced(cache, server, keys, (int) (median(ours) / 2));
        }
    }

    private void compare(String what, List<Wrk> ours, List<Wrk> bare) {
        row(what, ours, "a bare answer of Vert.x", median(bare), ", p99 " + bare.get(bare.size() - 1).p99);
    }

    private void row(String what, List<Wrk> ours, String otherName, double other, String more) {
        table.row(
                what,
                String.format(Locale.ROOT, "%,.0f/s, p99 %s", median(ours), ours.get(ours.size() - 1).p99),
                String.format(Locale.ROOT, "%s %,.0f/s%s", otherName, other, more),
                String.format(Locale.ROOT, "%.2f", median(ours) / other));
    }

    private static double median(List<Wrk> all) {
        return Benchmarks.median(all.stream().skip(1).map(Wrk::perSecond).toList());
    }

    private Wrk wrk(String address, int keys) throws IOException, InterruptedException {
        URI base = URI.create(address);
        Path script = Files.writeString(
                work.resolve("keys.lua"),
                "request = function() return wrk.format('GET', string.format('" + base.getPath()
                        + "u%07d.com', math.random(0," + (keys - 1) + "))) end\n");
        // Two threads: one alone is busy with reading headers before the server has done what it can.
        String said = Child.output(List.of(
                "wrk",
                "-t2",
                "-c" + CONNECTIONS,
                "-d" + SECONDS + "s",
                "--latency",
                "-s",
                script.toString(),
                base.getScheme() + "://" + base.getAuthority()));
        if (said.contains("Non-2xx")) {
            throw new IllegalStateException(said);
        }
        return new Wrk(Double.parseDouble(find("Requests/sec:\\s+([0-9.]+)", said)), find("99%\\s+(\\S+)", said));
    }

    static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }

    private void paced(RunningCache cache, BareServer server, int keys, int perSecond)
            throws IOException, InterruptedException {
        PacedGets gets = new PacedGets(work, keys, perSecond);
        String what = String.format(Locale.ROOT, "GET of random keys, version 2, %,d/s on schedule", gets.perSecond());
        if (Child.find("h2load").isEmpty()) {
            table.skipped(what, "h2load is not on the PATH");
            return;
        }
        table.row(
                what,
                gets.run(key -> cache.address + SECOND + ServedRecords.key(key)),
                "a bare answer of Vert.x " + gets.run(key -> server.address() + "/" + ServedRecords.key(key)),
                "");
    }
}
