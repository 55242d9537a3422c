package lvc.core.recreate;

import java.util.Map;
import lvc.core.transform.Module;

/**
 * What the everyday transform runs: its module, and the variables it sees besides lvc's own.
 *
 * @param variables values may be secrets; they are never written down
 */
public record ForwardModule(Module module, Map<String, String> variables) {
    public ForwardModule {
        variables = Map.copyOf(variables);
    }

    /** The built-in identity. */
    public static ForwardModule identity() {
        return new ForwardModule(Module.identity(), Map.of());
    }
}
