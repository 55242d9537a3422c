package lvc.core.journal;

import java.util.List;

/**
 * The everyday transform as the plan saw it.
 *
 * @param running whether it ran on every partition
 * @param module SHA-256 of its module where lvc deployed it; empty where nothing tells
 * @param variables names of its other environment variables; their values are never written down
 */
public record ForwardSeen(String name, boolean running, String compression, String module, List<String> variables) {}
