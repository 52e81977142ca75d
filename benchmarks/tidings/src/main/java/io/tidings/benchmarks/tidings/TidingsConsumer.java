package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.ConsumerContender;
import io.tidings.benchmarks.contender.ContenderProcess;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Applies orders by typed handlers, which write a batch with one statement. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ConsumerContender.class, BatchHandlers.class})
class TidingsConsumer {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(TidingsConsumer.class, arguments);
    }
}
