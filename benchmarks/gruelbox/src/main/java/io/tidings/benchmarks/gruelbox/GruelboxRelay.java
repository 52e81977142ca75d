package io.tidings.benchmarks.gruelbox;

import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.SpringInstantiator;
import com.gruelbox.transactionoutbox.SpringTransactionManager;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.RelayContender;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Schedules a call of {@link Sender} within the transaction, which is made after it by another thread. */
@SpringBootApplication
@Import({RelayContender.class, SpringTransactionManager.class, SpringInstantiator.class})
public class GruelboxRelay {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(GruelboxRelay.class, arguments);
    }

    /**
     * @param threads that send; 0 for the library's own submitter
     * @param retryAfter how long after an attempt the next may follow
     */
    @Bean
    TransactionOutbox outbox(
            SpringTransactionManager transactions,
            SpringInstantiator instantiator,
            @Value("${gruelbox.threads:0}") int threads,
            @Value("${gruelbox.retry-after:2m}") Duration retryAfter) {
        TransactionOutbox.TransactionOutboxBuilder builder = TransactionOutbox.builder()
                .transactionManager(transactions)
                .instantiator(instantiator)
                .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
                .attemptFrequency(retryAfter);
        if (threads > 0) {
            builder.submitter(Submitter.withExecutor(
                    new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(1 << 20))));
        }
        return builder.build();
    }

    @Bean
    Flusher flusher(TransactionOutbox outbox, @Value("${gruelbox.flush-every:1m}") Duration every) {
        return new Flusher(outbox, every);
    }

    @Bean
    Announcer announcer(TransactionOutbox outbox) {
        JsonMapper mapper = JsonMapper.shared();
        return order ->
                outbox.schedule(Sender.class).send(order.orderId().toString(), mapper.writeValueAsString(order));
    }
}
