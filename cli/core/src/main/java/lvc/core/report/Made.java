package lvc.core.report;

/** What making sure of something came to. */
public enum Made {
    CREATED,
    CHANGED,
    UNCHANGED
}
