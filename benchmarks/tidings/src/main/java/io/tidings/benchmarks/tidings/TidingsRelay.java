package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.RelayContender;
import io.tidings.bus.EventBus;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Tells of orders by Tidings' outbox. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(RelayContender.class)
class TidingsRelay {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(TidingsRelay.class, arguments);
    }

    @Bean
    Announcer announcer(EventBus eventBus) {
        return order -> eventBus.publish(OrderTold.of(order));
    }
}
