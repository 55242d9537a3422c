package lvc.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Waits for a topic to be loaded. */
record ReadyWait(State state, Runnable work) implements Attempt {

    /** What the cache says about the topic. */
    interface State {
        JsonNode ask() throws IOException, InterruptedException;
    }

    @Override
    public boolean run(Life life) throws IOException, InterruptedException {
        if (!state.ask().path("ready").asBoolean()) {
            throw new IOException("not loaded yet");
        }
        work.run();
        return true;
    }

    @Override
    public void failed(IOException why) {}
}
