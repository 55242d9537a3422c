package lvc.cache.push;

/** What targets are sent. */
public enum PushFormat {
    /** Names of the keys that changed, as kafka-keyvalue sends them; its clients then ask for the values. */
    KKV {
        @Override
        Body render(Batch batch) {
            return KeysBody.of(batch);
        }

        @Override
        boolean namesKeysAgain() {
            return true;
        }
    },
    /** Keys with values, and deletions. */
    VALUES {
        @Override
        Body render(Batch batch) {
            return ValuesBody.of(batch);
        }

        @Override
        boolean namesKeysAgain() {
            return false;
        }
    };

    abstract Body render(Batch batch);

    /** Whether a target that was too slow is told the keys it missed, for want of a word that says it missed some. */
    abstract boolean namesKeysAgain();
}
