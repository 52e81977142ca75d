package io.tidings.bus.autoconfigure;

import io.tidings.bus.operations.Subscription;
import io.tidings.bus.publishing.TransactionalEventBus;
import io.tidings.bus.web.DeafnessDoor;
import io.tidings.bus.web.TestDoor;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RestController;

/** On request, and never otherwise, callers may forge messages and make the service deaf: for demonstrations and tests. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("tidings.test-door.enabled")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, RestController.class})
class TestDoorConfiguration {

    @Bean
    TestDoor testDoor(TransactionalEventBus bus, PlatformTransactionManager transactions) {
        return new TestDoor(bus, new TransactionTemplate(transactions));
    }

    @Bean
    DeafnessDoor deafnessDoor(@Value("${spring.application.name}") String service, Subscription subscription) {
        return new DeafnessDoor(service, subscription);
    }
}
