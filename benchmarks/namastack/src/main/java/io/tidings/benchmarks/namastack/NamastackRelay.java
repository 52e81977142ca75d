package io.tidings.benchmarks.namastack;

import io.namastack.outbox.Outbox;
import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.RelayContender;
import java.io.IOException;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Schedules each order with the outbox, which gives it to {@link OrderSender}. */
@SpringBootApplication
@Import(RelayContender.class)
public class NamastackRelay {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(NamastackRelay.class, arguments);
    }

    @Bean
    Announcer announcer(Outbox outbox) {
        return order -> outbox.schedule(order, order.orderId().toString());
    }
}
