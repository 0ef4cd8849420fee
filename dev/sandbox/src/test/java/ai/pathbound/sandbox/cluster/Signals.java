package ai.pathbound.sandbox.cluster;

import java.io.IOException;

/// Pauses a process and lets it go on, as if its machine had stood still.
public final class Signals {
    private Signals() {}

    public static void pause(long pid) throws IOException, InterruptedException {
        send("STOP", pid);
    }

    public static void goOn(long pid) throws IOException, InterruptedException {
        send("CONT", pid);
    }

    private static void send(String name, long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("no process " + pid);
        }
    }
}
