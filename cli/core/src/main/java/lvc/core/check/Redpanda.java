package lvc.core.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lvc.core.report.BrokerSeen;
import lvc.core.report.Finding;
import lvc.core.report.Licence;
import lvc.core.report.NodeConfig;

/** Whether a Redpanda cluster is fit for caches. Pure. */
final class Redpanda {
    /** What needs a licence, and caches rest on it. */
    private static final String TIERED = "cloud_storage";

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");
    private static final int TRANSFORMS_MAJOR = 24;
    private static final int SOON = 7;

    private Redpanda() {}

    /** Judges the brokers: data transforms are there since 24.1. */
    static List<Finding> brokers(List<BrokerSeen> brokers) {
        String about = "brokers";
        List<Finding> findings = new ArrayList<>();
        for (BrokerSeen broker : brokers) {
            if (!broker.alive()) {
                findings.add(Finding.bad(
                        about, "broker " + broker.node() + " is not alive", "its log says why; is its node there?"));
            } else if (broker.maintenance()) {
                findings.add(Finding.odd(
                        about,
                        "broker " + broker.node() + " is in maintenance: it leads no partitions",
                        "rpk cluster maintenance disable " + broker.node() + ", unless somebody works on it"));
            } else if (!broker.membership().equals("active")
                    && !broker.membership().isEmpty()) {
                findings.add(Finding.odd(
                        about, "broker " + broker.node() + " is " + broker.membership(), "it leaves the cluster"));
            }
        }
        List<String> versions = brokers.stream()
                .map(broker -> broker.version().replaceFirst(" .*", ""))
                .distinct()
                .toList();
        if (versions.size() > 1) {
            findings.add(Finding.odd(
                    about, "of several versions: " + String.join(", ", versions), "finish the upgrade that was begun"));
        }
        versions.stream()
                .filter(Redpanda::old)
                .forEach(version -> findings.add(
                        Finding.bad(about, version + " has no data transforms", "24.1 or later is needed")));
        if (findings.isEmpty()) {
            findings.add(Finding.good(about, brokers.size() + " alive, " + String.join(", ", versions)));
        }
        return findings;
    }

    private static boolean old(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) < TRANSFORMS_MAJOR;
    }

    /** Judges the health in the cluster's own words. */
    static Finding health(List<String> unhealthy) {
        return unhealthy.isEmpty()
                ? Finding.good("health", "the cluster says it is healthy")
                : Finding.bad("health", String.join(", ", unhealthy), "rpk cluster health; the logs of the brokers");
    }

    /** Judges how far the configuration has come. */
    static List<Finding> configuration(List<NodeConfig> configuration) {
        String about = "configuration";
        List<Finding> findings = new ArrayList<>();
        String restart = configuration.stream()
                .filter(NodeConfig::restart)
                .map(seen -> Integer.toString(seen.node()))
                .collect(Collectors.joining(", "));
        if (!restart.isEmpty()) {
            findings.add(Finding.odd(
                    about,
                    "part of it holds only after a restart of broker " + restart,
                    "lvc install restarts its brokers one by one; others: rpk cluster config status"));
        }
        for (NodeConfig seen : configuration) {
            if (!seen.invalid().isEmpty()) {
                findings.add(Finding.bad(
                        about,
                        "broker " + seen.node() + " does not take the value of " + String.join(", ", seen.invalid()),
                        "rpk cluster config get NAME; then set it anew"));
            }
            if (!seen.unknown().isEmpty()) {
                findings.add(Finding.bad(
                        about,
                        "broker " + seen.node() + " does not know " + String.join(", ", seen.unknown()),
                        "is it of an older version than the others? rpk cluster config status"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.good(about, "taken by every broker, no restart pending"));
        }
        return findings;
    }

    /** Without transforms there are no caches. */
    static Finding transforms(Optional<String> enabled) {
        return enabled.filter("true"::equals).isPresent()
                ? Finding.good("transforms", "data transforms are enabled")
                : Finding.bad(
                        "transforms",
                        "data transforms are not enabled (data_transforms_enabled)",
                        "rpk cluster config set data_transforms_enabled true, and restart the brokers");
    }

    /** Without tiered storage the truth lies on the brokers' disks only. */
    static Finding tiered(Optional<String> enabled) {
        return enabled.filter("true"::equals).isPresent()
                ? Finding.good("tiered storage", "enabled")
                : Finding.odd(
                        "tiered storage",
                        "not enabled (cloud_storage_enabled)",
                        "the truth of a cache then lies on the brokers' disks only: nothing recreates it when they go");
    }

    /** Judges the licence; what was made while it lasted goes on when it ends. */
    static Finding licence(Optional<Licence> licence, Instant now) {
        String about = "licence";
        String more = "lvc install --license-file FILE; rpk generate license --apply gives 30 days, once";
        if (licence.isEmpty()) {
            return Finding.good(about, "this version of Redpanda says nothing of one");
        }
        Licence known = licence.get();
        String used = known.used().isEmpty() ? "nothing" : String.join(", ", known.used());
        if (known.violation()) {
            return Finding.bad(about, used + " in use without one: no more topics can be made that are tiered", more);
        }
        boolean tiered = known.used().contains(TIERED);
        Optional<Long> days = known.daysLeft(now);
        if (!known.loaded()) {
            return tiered
                    ? Finding.bad(about, "none, and tiered storage needs one", more)
                    : Finding.good(about, "none, and nothing in use needs one");
        }
        String which = known.trial() ? "trial" : "of " + known.organisation();
        if (days.isEmpty()) {
            return Finding.odd(
                    about, which + ", and the cluster does not say when it ends", "rpk cluster license info");
        }
        if (days.get() < 0) {
            String what = which + " " + known.standing(now);
            return tiered
                    ? Finding.bad(about, what + ": no more topics can be made that are tiered", more)
                    : Finding.odd(about, what + "; nothing in use needs one", more);
        }
        String what = which + ", " + known.standing(now) + "; in use: " + used;
        return days.get() <= SOON && tiered ? Finding.odd(about, what, more) : Finding.good(about, what);
    }
}
