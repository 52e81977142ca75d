package io.tidings.allinone;

import io.tidings.scenarios.ScenarioPlayer;
import io.tidings.scenarios.Scenarios;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.narration.Colours;
import io.tidings.scenarios.narration.Performance;
import io.tidings.scenarios.narration.TextNarrator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Runs the whole shop in one JVM: {@code demo} plays the scenarios on it, {@code up} does not. Exits with 0 if all went
 * well, 1 if something could not be started or a scenario failed, 2 if it was asked for something that is not there.
 */
public final class TidingsApplication {

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(TidingsApplication.class);

    private static final int WELL = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** Each service's settings of its log would be those of all: the last to start would win. */
    private static final String SPRINGS_LOGGING = "org.springframework.boot.logging.LoggingSystem";

    private final PrintStream out;
    private final PrintStream error;
    private final Curtain curtain;
    private final StartupCache startupCache = StartupCache.ofThisJvm();

    private TidingsApplication() {
        // In UTF-8 whatever the locale: where none is set, as in containers, marks would be lost.
        curtain = new Curtain(new FileOutputStream(FileDescriptor.out));
        out = new PrintStream(curtain, true, StandardCharsets.UTF_8);
        error = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    public static void main(String... arguments) throws InterruptedException {
        System.setProperty(SPRINGS_LOGGING, "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Logger.getLogger("").setLevel(Level.WARNING);
        int status = new TidingsApplication().run(List.of(arguments));
        System.exit(status);
    }

    private int run(List<String> arguments) throws InterruptedException {
        CommandLine asked;
        try {
            asked = CommandLine.parse(arguments, System.getenv());
        } catch (IllegalArgumentException misuse) {
            error.println(misuse.getMessage());
            return MISUSED;
        }
        try {
            Memory.ofThisMachine().require(Memory.NEEDED_MEGABYTES);
            try (Tidings tidings = new Tidings(asked, new Progress(out))) {
                stopWithTheJvm(tidings);
                return run(asked, tidings);
            }
        } catch (StartException failure) {
            error.println(failure.getMessage());
            if (failure.getCause() != null) {
                error.println("The log is %s.".formatted(logFile()));
            }
        } catch (RuntimeException unforeseen) {
            log.error("Something failed that nobody foresaw.", unforeseen);
            error.println("Something failed that nobody foresaw: %s. The log is %s.".formatted(unforeseen, logFile()));
        }
        return FAILED;
    }

    private int run(CommandLine asked, Tidings tidings) throws InterruptedException {
        try {
            tidings.start();
        } catch (RuntimeException failure) {
            if (tidings.isStopped()) {
                return FAILED;
            }
            throw failure;
        }
        startupCache.markAsWhole();
        boolean well = asked.scenarios().isEmpty() || play(asked, tidings);
        if (asked.staysOpen() && !tidings.isStopped()) {
            out.println();
            tidings.addresses().forEach(line -> out.println("  " + line));
            out.println("  log                " + logFile());
            out.println();
            out.println("  Ctrl-C stops it.");
            new CountDownLatch(1).await();
        }
        return well ? WELL : FAILED;
    }

    private boolean play(CommandLine asked, Tidings tidings) {
        if (!asked.needsKafka()) {
            Scenarios.all().stream()
                    .filter(scenario -> !asked.scenarios().contains(scenario))
                    .forEach(scenario -> scenario.needsKafka()
                            .ifPresent(reason ->
                                    out.println("  %s is not played: %s.".formatted(scenario.name(), reason))));
        }
        try (Door gateway = Door.gateway(tidings.gateway());
                Door mailbox = Door.mailbox(tidings.mailbox())) {
            return new ScenarioPlayer(
                            gateway, mailbox, Patience.usual(), new TextNarrator(out, Colours.ofThisTerminal()))
                    .play(asked.scenarios()).stream().allMatch(Performance::passed);
        }
    }

    private void stopWithTheJvm(Tidings tidings) {
        Thread hook = new Thread(
                () -> {
                    if (!tidings.isStopped()) {
                        out.println("\n  " + startupCache.farewell());
                    }
                    curtain.fall();
                    tidings.close();
                },
                // The infrastructure's own hook waits for hooks of Spring contexts, which it knows by their names.
                "SpringTidingsShutdownHook");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static Path logFile() {
        return Path.of(System.getProperty("tidings.home", ".tidings"), "logs", "tidings.log");
    }
}
