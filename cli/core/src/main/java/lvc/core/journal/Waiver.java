package lvc.core.journal;

/**
 * Which proofs somebody waived by name.
 *
 * @param fromBackup the truth may have what the hot topic lacks (approach B)
 * @param acceptedLoss keys of the hot topic that the truth cannot give back and that may be lost; 0 for none
 */
public record Waiver(boolean fromBackup, long acceptedLoss) {

    /** Everything must be proven. */
    public static final Waiver NONE = new Waiver(false, 0);
}
