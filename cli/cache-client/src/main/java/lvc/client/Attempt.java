package lvc.client;

import java.io.IOException;

/** Something that is tried until it is done. */
interface Attempt {

    /** Begins, and returns whether all is done. */
    boolean run(Life life) throws IOException, InterruptedException;

    /** Told that it did not work, and will be tried again. */
    void failed(IOException why);

    /** What an attempt says about itself while it runs. */
    interface Life {

        /**
         * The other side said something: attempts are counted anew, and so is silence.
         *
         * @return whether anybody still wants to hear it
         */
        boolean sign();

        /** What is to be closed when it is silent for too long, or nobody wants it any more. */
        void holds(AutoCloseable resource);
    }
}
