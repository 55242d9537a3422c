package lvc.cli.command;

import lvc.cli.term.Prompt;
import lvc.cli.wiring.Wiring;
import lvc.core.fault.Fault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a person agrees. What can be proven needs a yes; what waives a proof needs a name typed. */
final class ConsentOptions {
    @Option(names = "--dry-run", description = "Show the plan and change nothing")
    boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask")
    boolean yes;

    /**
     * Demands a yes.
     *
     * @throws Fault REFUSED when there is none
     */
    void require(String question, Wiring wiring) {
        require(question, yes, wiring);
    }

    /**
     * Demands a yes.
     *
     * @param yes whether it was given on the command line
     * @throws Fault REFUSED when there is none
     */
    static void require(String question, boolean yes, Wiring wiring) {
        if (yes) {
            return;
        }
        demandPerson(wiring, "--yes");
        if (!prompt(wiring).yes(question)) {
            throw declined();
        }
    }

    /**
     * Demands that the name of what is at stake was typed.
     *
     * @param confirmed what was given with --confirm
     * @throws Fault REFUSED when it was not
     */
    static void requireName(String name, @Nullable String confirmed, String question, Wiring wiring) {
        if (confirmed != null) {
            if (confirmed.equals(name)) {
                return;
            }
            throw Fault.refused(
                    "nothing was changed",
                    "--confirm says '" + confirmed + "', but this is about '" + name + "'",
                    "--confirm " + name);
        }
        demandPerson(wiring, "--confirm " + name);
        if (!prompt(wiring).typed(question + " Type " + name + " to go on:", name)) {
            throw declined();
        }
    }

    private static Prompt prompt(Wiring wiring) {
        return new Prompt(wiring.environment().in(), wiring.environment().err());
    }

    private static void demandPerson(Wiring wiring, String flag) {
        if (!wiring.environment().terminal().in()
                || !wiring.environment().terminal().err()) {
            throw Fault.refused(
                    "nothing was changed", "consent is needed and nobody is there to be asked", "add " + flag);
        }
    }

    private static Fault declined() {
        return Fault.refused("nothing was changed", "the answer was no", "--dry-run shows the plan without asking");
    }
}
