package lvc.sandbox.wasm;

/**
 * The type of a function, one letter per value: {@code i} is i32, {@code j} i64, {@code f} f32, {@code d} f64 and
 * {@code ?} any other; so {@code (i32, i64) -> i32} is {@code Signature("ij", "i")}.
 */
public record Signature(String parameters, String results) {

    /** Nothing in, nothing out. */
    public static final Signature NONE = new Signature("", "");
}
