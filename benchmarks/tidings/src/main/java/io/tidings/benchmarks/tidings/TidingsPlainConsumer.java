package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.ConsumerContender;
import io.tidings.benchmarks.contender.ContenderProcess;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Applies orders by a typed handler that knows nothing of batches: one statement an event. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ConsumerContender.class, PlainHandlers.class})
class TidingsPlainConsumer {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(TidingsPlainConsumer.class, arguments);
    }
}
