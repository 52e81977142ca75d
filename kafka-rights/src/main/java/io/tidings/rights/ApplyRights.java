package io.tidings.rights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Makes brokers go by a file of rights, and by nothing else: {@code java -jar kafka-rights-exec.jar FILE}. It logs in as
 * {@code KAFKA_LOGIN} with {@code KAFKA_PASSWORD}, who must be a super user, at {@code KAFKA_BOOTSTRAP_SERVERS}, and waits a
 * minute for them to come up. Exits with 0 if they go by it, 1 if not, 2 if it was asked for something else.
 */
public final class ApplyRights {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private ApplyRights() {}

    public static void main(String... arguments) {
        // Nobody has put in a log, and nobody needs to be told.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(apply(arguments, System.getenv()));
    }

    private static int apply(String[] arguments, Map<String, String> environment) {
        Rights rights;
        Map<String, Object> client;
        try {
            if (arguments.length != 1) {
                throw new IllegalArgumentException("Name one file of rights.");
            }
            rights = Rights.in(Path.of(arguments[0]));
            client = new HashMap<>(
                    new Login(required(environment, "KAFKA_LOGIN"), required(environment, "KAFKA_PASSWORD"))
                            .at(required(environment, "KAFKA_BOOTSTRAP_SERVERS")));
            // Brokers that are coming up are asked five times a second: whoever waits for the rights waits no longer
            // than that.
            client.put("reconnect.backoff.max.ms", 200);
        } catch (IllegalArgumentException misuse) {
            System.err.println(misuse.getMessage());
            return MISUSED;
        } catch (IOException unreadable) {
            System.err.println("The file of rights can't be read: " + unreadable);
            return MISUSED;
        }
        try (Admin admin = Admin.create(client)) {
            Rights.Changes changes = rights.applyTo(admin);
            System.out.printf(
                    "%d rights hold on Kafka: %d granted, %d withdrawn.%n",
                    rights.all().size(), changes.granted(), changes.withdrawn());
            return DONE;
        } catch (ExecutionException failure) {
            System.err.println("The rights can't be applied to Kafka: " + failure.getCause());
            return FAILED;
        } catch (TimeoutException late) {
            System.err.println(late.getMessage());
            return FAILED;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static String required(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The environment must say %s.".formatted(variable));
        }
        return value;
    }
}
