package lvc.sandbox.wasm;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a virtual machine is told and how far it may go.
 *
 * @param name the transform's name, which the module sees as its only argument
 * @param outputs the output topics; the first is where records go by default
 * @param environment what the module sees: the user's variables, then the broker's own
 * @param memoryBytes the most memory the module may have; asking for more is answered with -1
 * @param timeLimit processor time the module may use per record, and from its start to the first batch
 * @param abi3 whether the functions of the newer, unverified version 3 of the interface are offered
 */
public record GuestSettings(
        String name,
        List<String> outputs,
        Map<String, String> environment,
        long memoryBytes,
        Duration timeLimit,
        boolean abi3) {}
