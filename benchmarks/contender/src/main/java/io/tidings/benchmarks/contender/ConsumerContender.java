package io.tidings.benchmarks.contender;

import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** What an application imports to be a contender of {@code consumer}; its consumers pass the {@link Gate}. */
@Configuration(proxyBeanMethods = false)
public class ConsumerContender {

    @Bean
    AppliedOrders appliedOrders() {
        return new AppliedOrders();
    }

    @Bean
    Task holdTask(AppliedOrders applied) {
        return new SimpleTask(Consumed.HOLD_TASK, () -> {
            Gate.hold();
            return progress(applied);
        });
    }

    @Bean
    Task resumeTask(AppliedOrders applied) {
        return new SimpleTask(Consumed.RESUME_TASK, () -> {
            Gate.letGo();
            return progress(applied);
        });
    }

    @Bean
    Task progressTask(AppliedOrders applied) {
        return new SimpleTask(Consumed.PROGRESS_TASK, () -> progress(applied));
    }

    private static Consumed progress(AppliedOrders applied) {
        return new Consumed(applied.written());
    }

    /** A task without parameters. */
    private record SimpleTask(String name, Supplier<Object> work) implements Task {

        @Override
        public Object perform(JsonNode parameters) {
            return work.get();
        }
    }
}
