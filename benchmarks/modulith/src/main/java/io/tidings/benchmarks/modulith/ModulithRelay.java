package io.tidings.benchmarks.modulith;

import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.RelayContender;
import java.io.IOException;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Publishes Spring's own events, which Modulith notes in its publication registry and sends after the commit. */
@SpringBootApplication
@Import(RelayContender.class)
public class ModulithRelay {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(ModulithRelay.class, arguments);
    }

    @Bean
    Announcer announcer(ApplicationEventPublisher publisher) {
        return order -> publisher.publishEvent(OrderTold.of(order));
    }
}
