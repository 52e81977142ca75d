package io.tidings.allinone;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Tells on the terminal how far the start, or the end, has come. */
final class Progress {

    private final PrintStream out;

    Progress(PrintStream out) {
        this.out = out;
    }

    void isUp(String what, int port) {
        say("%s is up on %d after %s".formatted(what, port, sinceStart()));
    }

    void say(String sentence) {
        out.println("  " + sentence);
    }

    /** Counted from the start of the JVM, such as "3.1 s". */
    static String sinceStart() {
        Duration since = Duration.ofMillis(System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime());
        return "%.1f s".formatted(since.toMillis() / 1000.0);
    }
}
