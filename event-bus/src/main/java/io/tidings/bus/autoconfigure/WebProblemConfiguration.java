package io.tidings.bus.autoconfigure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidings.bus.handling.FailureClassifier;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.outbox.OutboxBacklog;
import io.tidings.bus.web.AdmissionFilter;
import io.tidings.bus.web.AdmissionPlaces;
import io.tidings.bus.web.ProblemAdvice;
import io.tidings.bus.web.RefusalLane;
import io.tidings.bus.web.RequestSizeFilter;
import io.tidings.bus.web.StrictBodies;
import io.tidings.bus.web.StrictParameters;
import jakarta.servlet.Filter;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** On request, requests are taken by the letter, errors are answered as problem details, bodies are limited, and excess is refused. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("tidings.web.problems")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
class WebProblemConfiguration {

    @Bean
    ProblemAdvice problemAdvice(FailureClassifier classifier) {
        return new ProblemAdvice(classifier);
    }

    @Bean
    StrictBodies strictBodies() {
        return new StrictBodies();
    }

    @Bean
    StrictParameters strictParameters() {
        return new StrictParameters();
    }

    @Bean
    FilterRegistrationBean<RequestSizeFilter> requestSizeFilter(JsonMapper mapper) {
        FilterRegistrationBean<RequestSizeFilter> registration =
                new FilterRegistrationBean<>(new RequestSizeFilter(mapper));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    AdmissionPlaces admissionPlaces(BusProperties properties) {
        BusProperties.Admission admission = properties.admission();
        return AdmissionPlaces.between(admission.leastRequests(), admission.requests(), admission.answerWithin());
    }

    @Bean
    FilterRegistrationBean<AdmissionFilter> admissionFilter(
            BusProperties properties,
            AdmissionPlaces places,
            ObjectProvider<Outbox> outbox,
            ObjectProvider<MeterRegistry> registries,
            JsonMapper mapper) {
        BusProperties.Admission admission = properties.admission();
        MeterRegistry meters = registries.getIfAvailable(SimpleMeterRegistry::new);
        Gauge.builder("tidings.admission.places", places, AdmissionPlaces::count)
                .description("Requests that begin something and are let in at the same time, at most")
                .register(meters);
        Counter refused = Counter.builder("tidings.admission.refused")
                .description("Requests that were refused because there was too much to do")
                .register(meters);
        // Found by the first request: filters are made before the database is.
        SingletonSupplier<BooleanSupplier> backlog = SingletonSupplier.of(() -> outbox.stream()
                .findAny()
                .map(found -> new OutboxBacklog(found, admission.waiting()))
                .<BooleanSupplier>map(waiting -> waiting::isOver)
                .orElse(() -> false));
        FilterRegistrationBean<AdmissionFilter> registration = new FilterRegistrationBean<>(
                new AdmissionFilter(places, () -> backlog.obtain().getAsBoolean(), refused, mapper));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    /** Only virtual threads wait for each other's work. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
    @ConditionalOnThreading(Threading.VIRTUAL)
    static class WithTomcat {

        /** Without an order, so after those of Spring Boot, one of which gives the server its threads. */
        @Bean
        WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> refusalLane(AdmissionPlaces places) {
            return factory -> factory.addProtocolHandlerCustomizers(
                    handler -> handler.setExecutor(new RefusalLane(handler.getExecutor(), places)));
        }
    }
}
