package io.tidings.bus.autoconfigure;

import io.tidings.bus.MessageRecorder;
import io.tidings.bus.Projection;
import io.tidings.bus.asyncapi.AsyncApiController;
import io.tidings.bus.asyncapi.AsyncApiDocument;
import io.tidings.bus.handling.HandlerRegistry;
import io.tidings.bus.publishing.Publications;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

/** With a web server, the service tells at {@code /asyncapi.json} which messages it publishes and handles. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, RestController.class})
class AsyncApiConfiguration {

    @Bean
    AsyncApiController asyncApiController(
            @Value("${spring.application.name}") String service,
            BusProperties properties,
            HandlerRegistry handlers,
            Publications publications,
            ObjectProvider<MessageRecorder> recorders,
            ObjectProvider<Projection> projections) {
        return new AsyncApiController(new AsyncApiDocument(
                service,
                properties.messages().namespace(),
                handlers,
                publications,
                recorders.stream().toList(),
                projections.stream().findAny().isPresent()));
    }
}
