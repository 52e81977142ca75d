package io.tidings.bus.inprocess;

import io.tidings.bus.handling.BatchProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The bus without Kafka. Services in one process share an {@link InProcessExchange} bean; otherwise each has its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "tidings.bus", havingValue = "in-process")
public class InProcessConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InProcessExchange inProcessExchange() {
        return new InProcessExchange();
    }

    @Bean
    InProcessParticipant inProcessParticipant(
            @Value("${spring.application.name}") String service, InProcessExchange exchange, BatchProcessor processor) {
        return new InProcessParticipant(service, exchange, processor);
    }

    @Bean
    static BeanPostProcessor deliverAfterCommit(ObjectProvider<InProcessExchange> exchange) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof PlatformTransactionManager transactions
                        ? new DeliveringTransactionManager(transactions, exchange.getObject())
                        : bean;
            }
        };
    }
}
