package lvc.core.recreate;

import lvc.core.fault.Fault;
import lvc.core.journal.RunPlan;
import lvc.core.journal.TopicSeen;
import lvc.core.topic.TopicState;

/** What recreate says when the cluster is not as it must be. */
final class Faults {
    private static final String GO_ON = "lvc recreate --resume, or lvc recreate --abandon";

    private Faults() {}

    static Fault otherHot(TopicSeen wanted, TopicState found) {
        return Fault.unfinished(
                "topic " + wanted.name() + " not created: another one of its name has records",
                "it has id " + found.id() + ", " + found.partitions() + " partitions and settings "
                        + found.ownSettings() + "; wanted were " + wanted.partitions() + " and " + wanted.settings(),
                "find out who made it, move its records away, delete it, then " + GO_ON);
    }

    static Fault truthMissing(RunPlan plan) {
        return Fault.unfinished(
                "recreate of '" + plan.cache() + "' stopped: the truth "
                        + plan.truth().name() + " is gone",
                "there is no topic " + plan.truth().name() + " any more; it had id "
                        + plan.truth().id(),
                "nothing was deleted by this step; restore " + plan.truth().name() + ", then " + GO_ON);
    }

    static Fault truthReplaced(RunPlan plan, TopicState found) {
        return Fault.unfinished(
                "recreate of '" + plan.cache() + "' stopped: the truth "
                        + plan.truth().name() + " is not the topic it was",
                "it has id " + found.id() + " and " + found.partitions() + " partitions, planned was id "
                        + plan.truth().id() + " with " + plan.truth().partitions(),
                "find out who deleted and created it, then " + GO_ON);
    }

    static Fault hotReplaced(RunPlan plan, String expected, String found) {
        return Fault.unfinished(
                "recreate of '" + plan.cache() + "' stopped: " + plan.hot().name() + " is not the topic it was",
                "it has id " + found + ", expected was " + expected,
                "find out who deleted or created it, then " + GO_ON);
    }

    static Fault fenceFell(RunPlan plan) {
        return Fault.unfinished(
                "recreate of '" + plan.cache() + "' stopped: the fence of "
                        + plan.hot().name() + " fell",
                "somebody took " + plan.hot().name()
                        + " out of kafka_noproduce_topics; writers may have written to it since",
                "find out who sets that property, then lvc recreate --resume: it raises the fence again and looks for"
                        + " records from elsewhere");
    }

    static Fault otherTransform(RunPlan plan, String transform) {
        return Fault.unfinished(
                "recreate of '" + plan.cache() + "' stopped: transform " + transform + " is not part of it",
                "it writes to " + plan.truth().name() + " or uses " + plan.hot().name()
                        + ", and was not there when the run was planned",
                "lvc transform delete " + transform + ", then " + GO_ON);
    }
}
