package lvc.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

@Command(
        name = "version",
        description = "Show the versions of lvc, Java and the Kafka client.",
        footer = {"  # As a program reads it", "  lvc version -o json"})
final class VersionCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    VersionCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        try (View view = output.open(wiring)) {
            view.accept(new Event.VersionShown(lvc(), System.getProperty("java.version"), AppInfoParser.getVersion()));
        }
        return Exit.DONE.code();
    }

    private static String lvc() {
        try (InputStream in = VersionCommand.class.getResourceAsStream("/lvc/cli/version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one line of {@code lvc --version}. */
    static final class OfLvc implements IVersionProvider {
        OfLvc() {}

        @Override
        public String[] getVersion() {
            return new String[] {"lvc " + lvc()};
        }
    }
}
