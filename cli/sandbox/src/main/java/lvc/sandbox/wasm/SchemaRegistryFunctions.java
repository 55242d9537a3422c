package lvc.sandbox.wasm;

import java.util.List;

/**
 * The import module {@code redpanda_schema_registry} on a broker without a schema registry: every question is answered
 * with -1, "not enabled". (Redpanda source, wasm/schema_registry_module.cc)
 */
final class SchemaRegistryFunctions {

    static final String MODULE = "redpanda_schema_registry";

    private static final int NOT_ENABLED = -1;

    private SchemaRegistryFunctions() {}

    static List<HostFunction> all() {
        return List.of(
                new HostFunction(MODULE, "check_abi_version_0", "", "", (memory, a) -> 0),
                stub("get_schema_definition_len", "ii"),
                stub("get_schema_definition", "iii"),
                stub("get_subject_schema_len", "iiii"),
                stub("get_subject_schema", "iiiii"),
                stub("create_subject_schema", "iiiii"));
    }

    private static HostFunction stub(String name, String parameters) {
        return new HostFunction(MODULE, name, parameters, "i", (memory, a) -> NOT_ENABLED);
    }
}
