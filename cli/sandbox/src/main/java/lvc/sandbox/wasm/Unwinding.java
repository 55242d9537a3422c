package lvc.sandbox.wasm;

import org.jspecify.annotations.Nullable;

/** Thrown by a {@link GuestHost} to leave a module from inside a call: it passes through the engine unchanged. */
public abstract class Unwinding extends RuntimeException {

    protected Unwinding(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
