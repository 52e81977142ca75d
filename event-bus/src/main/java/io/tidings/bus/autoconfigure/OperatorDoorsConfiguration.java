package io.tidings.bus.autoconfigure;

import io.tidings.bus.deadletter.DeadLetterList;
import io.tidings.bus.deadletter.ParkedKeys;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.web.DeadLetterController;
import io.tidings.bus.web.OutboxController;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

/** On request, operators may look after messages that are stuck: whoever reaches these doors may discard some. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("tidings.web.operators")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, RestController.class})
class OperatorDoorsConfiguration {

    @Bean
    DeadLetterController deadLetterController(DeadLetterList list, ParkedKeys parkedKeys, Redrive redrive) {
        return new DeadLetterController(list, parkedKeys, redrive);
    }

    @Bean
    @ConditionalOnBean(Outbox.class)
    OutboxController outboxController(Outbox outbox) {
        return new OutboxController(outbox);
    }
}
