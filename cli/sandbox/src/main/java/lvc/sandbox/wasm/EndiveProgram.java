package lvc.sandbox.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.sandbox.wasm.WasmEngine.Guest;
import lvc.sandbox.wasm.WasmEngine.Import;
import lvc.sandbox.wasm.WasmEngine.Program;
import lvc.sandbox.wasm.WasmEngine.Unlinkable;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * A module that Endive has read. Everything asked for later is worked out in the constructor, because Endive checks some
 * indices only when they are used: a module with a wrong one fails here, as long as it counts as not being a module.
 */
final class EndiveProgram implements Program {

    private static final Map<ValType, Character> LETTERS =
            Map.of(ValType.I32, 'i', ValType.I64, 'j', ValType.F32, 'f', ValType.F64, 'd');

    private final WasmModule module;
    private final Watchdog watchdog;
    private final List<Import> imports;
    private final Map<String, Signature> exportedFunctions = new HashMap<>();
    private final Set<String> exportedMemories = new HashSet<>();

    EndiveProgram(WasmModule module, Watchdog watchdog) {
        this.module = module;
        this.watchdog = watchdog;
        imports = module.importSection().stream().map(this::imported).toList();
        List<Signature> importedFunctions =
                imports.stream().flatMap(wanted -> wanted.type().stream()).toList();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                exportedFunctions.put(export.name(), function(export.index(), importedFunctions));
            } else if (export.exportType() == ExternalType.MEMORY) {
                exportedMemories.add(export.name());
            }
        }
    }

    private Import imported(run.endive.wasm.types.Import wanted) {
        Optional<Signature> type = wanted instanceof FunctionImport function
                ? Optional.of(signature(module.typeSection().getType(function.typeIndex())))
                : Optional.empty();
        return new Import(wanted.module(), wanted.name(), type);
    }

    /** Functions are numbered through: first those that are imported, then the module's own. */
    private Signature function(int index, List<Signature> imported) {
        int own = index - imported.size();
        return own < 0
                ? imported.get(index)
                : signature(module.functionSection().getFunctionType(own, module.typeSection()));
    }

    private static Signature signature(FunctionType type) {
        return new Signature(letters(type.params()), letters(type.returns()));
    }

    private static String letters(List<ValType> types) {
        StringBuilder letters = new StringBuilder();
        types.forEach(type -> letters.append(LETTERS.getOrDefault(type, '?').charValue()));
        return letters.toString();
    }

    @Override
    public List<Import> imports() {
        return imports;
    }

    @Override
    public Optional<Signature> exportedFunction(String name) {
        return Optional.ofNullable(exportedFunctions.get(name));
    }

    @Override
    public boolean exportsMemory(String name) {
        return exportedMemories.contains(name);
    }

    @Override
    public Guest link(GuestSettings settings, GuestHost host) throws Unlinkable {
        TimeLimit limit = new TimeLimit(settings.timeLimit());
        GuestClock clock = new GuestClock();
        WasiFunctions wasi = new WasiFunctions(settings, host, clock);
        List<HostFunction> offered =
                new ArrayList<>(new TransformFunctions(settings.outputs(), host, limit, clock).all(settings.abi3()));
        offered.addAll(SchemaRegistryFunctions.all());
        offered.addAll(wasi.all());
        Map<String, HostFunction> byName = new HashMap<>();
        offered.forEach(function -> byName.put(function.module() + "::" + function.name(), function));
        List<HostFunction> linked = new ArrayList<>();
        for (Import wanted : imports) {
            String name = wanted.module() + "::" + wanted.name();
            HostFunction function = byName.get(name);
            if (function == null || !wanted.type().equals(Optional.of(function.type()))) {
                throw new Unlinkable("unknown or incompatible import: " + name);
            }
            linked.add(function);
        }
        return new EndiveGuest(module, linked, settings, limit, watchdog, wasi);
    }
}
