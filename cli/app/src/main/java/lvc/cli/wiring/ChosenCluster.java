package lvc.cli.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.core.fault.Fault;

/**
 * Which cluster a command talks to.
 *
 * @param brokers as the Kafka clients take them
 * @param admin addresses of the Admin API
 * @param origin how the choice came about
 * @param forwarded whether the addresses are ports of this machine that lead to pods
 */
public record ChosenCluster(String brokers, List<URI> admin, String origin, boolean forwarded) {
    private static final String LOCAL = "127.0.0.1";
    private static final int KAFKA_PORT = 9092;
    private static final int ADMIN_PORT = 9644;
    private static final int PROBE_MILLIS = 1000;
    private static final String FLAG = "--";

    /** A cluster that is reached as it is. */
    ChosenCluster(String brokers, List<URI> admin, String origin) {
        this(brokers, admin, origin, false);
    }

    /**
     * Whether the settings name a cluster in Kubernetes: a context, and no brokers. Of what is given on the command line
     * neither gives way to what is given elsewhere.
     *
     * @throws Fault USAGE when both are given on the command line
     */
    static boolean inKubernetes(Settings settings) {
        Settings.Value context = settings.value(Setting.CONTEXT);
        List<Settings.Value> addresses = Stream.of(Setting.BROKERS, Setting.ADMIN)
                .map(settings::value)
                .filter(address -> !address.text().isEmpty())
                .toList();
        if (context.text().isEmpty() || addresses.isEmpty()) {
            return !context.text().isEmpty();
        }
        boolean contextByHand = context.origin().startsWith(FLAG);
        boolean addressesByHand =
                addresses.stream().anyMatch(each -> each.origin().startsWith(FLAG));
        if (contextByHand && addressesByHand) {
            throw Fault.usage(
                    "two clusters given",
                    "--context " + context.text() + " is one, "
                            + addresses.stream()
                                    .map(each -> each.origin() + " " + each.text())
                                    .collect(Collectors.joining(" "))
                            + " another",
                    "leave one of them out");
        }
        return contextByHand;
    }

    /**
     * Chooses: what the settings say, else the usual ports of this machine if somebody answers there.
     *
     * @throws Fault USAGE when only one of the two addresses is given, or none and nobody answers
     */
    static ChosenCluster of(Settings settings) {
        Settings.Value brokers = settings.value(Setting.BROKERS);
        Settings.Value admin = settings.value(Setting.ADMIN);
        if (brokers.text().isEmpty() != admin.text().isEmpty()) {
            Settings.Value given = brokers.text().isEmpty() ? admin : brokers;
            throw Fault.usage(
                    "half a cluster given",
                    (brokers.text().isEmpty() ? "admin is set and brokers is not" : "brokers is set and admin is not")
                            + " (" + given.origin() + "); guessing the other could mean another cluster",
                    "give both: --brokers HOST:9092 --admin http://HOST:9644");
        }
        if (!brokers.text().isEmpty()) {
            return new ChosenCluster(brokers.text(), Settings.addresses(admin.text()), brokers.origin());
        }
        if (answers(LOCAL, KAFKA_PORT) && answers(LOCAL, ADMIN_PORT)) {
            return new ChosenCluster(
                    LOCAL + ":" + KAFKA_PORT,
                    List.of(URI.create("http://" + LOCAL + ":" + ADMIN_PORT)),
                    "answers on this machine");
        }
        throw Fault.usage(
                "no cluster given",
                "neither --brokers nor --context is given, here, in the environment or in config.properties, and nothing answers on "
                        + LOCAL + ":" + KAFKA_PORT + " and :" + ADMIN_PORT,
                "lvc sandbox in another terminal, --context NAME after lvc install, or --brokers HOST:9092 --admin http://HOST:9644");
    }

    /**
     * Makes sure that a broker listens, so that a wrong address is said at once and not after the whole timeout.
     *
     * @throws Fault UNREACHABLE with the reason for every address
     */
    void demandBroker() {
        List<String> reasons = new ArrayList<>();
        for (String address : brokers.split(",")) {
            int colon = address.lastIndexOf(':');
            try {
                String host = address.substring(0, colon).trim();
                int port = Integer.parseInt(address.substring(colon + 1).trim());
                connect(host, port);
                return;
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw Fault.usage(
                                "'" + address + "' is no broker address",
                                "setting " + Setting.BROKERS.key() + " wants host:port (" + origin + ")",
                                "--brokers 127.0.0.1:9092")
                        .causedBy(e);
            } catch (IOException e) {
                reasons.add(address.trim() + ": " + e.getMessage());
            }
        }
        throw Fault.unreachable(
                "no broker reached",
                String.join("; ", reasons) + " (" + origin + ")",
                "is it up? --brokers, or lvc sandbox");
    }

    private static boolean answers(String host, int port) {
        try {
            connect(host, port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void connect(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new IOException("unknown host");
            }
            socket.connect(address, PROBE_MILLIS);
        }
    }
}
