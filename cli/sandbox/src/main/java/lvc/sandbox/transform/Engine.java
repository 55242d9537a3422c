package lvc.sandbox.transform;

import lvc.sandbox.broker.Logs;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;

/** What every processor works with. */
record Engine(
        Logs logs, ClusterConfig config, Faults faults, Timings timings, CommitBatcher commits, TransformLog log) {}
