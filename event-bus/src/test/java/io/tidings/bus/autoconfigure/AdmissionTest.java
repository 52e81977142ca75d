package io.tidings.bus.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidings.bus.handling.DefaultFailureClassifier;
import io.tidings.bus.web.AdmissionFilter;
import io.tidings.bus.web.Visitors;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

class AdmissionTest {

    private static final int ATTENDED = 200;
    private static final int REFUSED = 503;

    private final WebApplicationContextRunner service = new WebApplicationContextRunner()
            .withUserConfiguration(WebProblemConfiguration.class, Settings.class)
            .withBean(DefaultFailureClassifier.class)
            .withBean(SimpleMeterRegistry.class)
            .withBean(JsonMapper.class, JsonMapper::shared)
            .withPropertyValues("tidings.web.problems=true");

    @Test
    void settings_say_how_many_are_let_in_and_metrics_how_many_were_not() {
        service.withPropertyValues(
                        "tidings.admission.requests=3",
                        "tidings.admission.least-requests=2",
                        "tidings.admission.answer-within=1h")
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    Filter filter = (Filter) context.getBean("admissionFilter", FilterRegistrationBean.class)
                            .getFilter();

                    assertThat(filter).isInstanceOf(AdmissionFilter.class);
                    assertThat(new Visitors(filter).postWhileInside(5, () -> {}))
                            .containsExactly(REFUSED, REFUSED, ATTENDED, ATTENDED, ATTENDED);
                    assertThat(meters.get("tidings.admission.places").gauge().value())
                            .isEqualTo(3);
                    assertThat(meters.get("tidings.admission.refused").counter().count())
                            .isEqualTo(2);
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(BusProperties.class)
    static class Settings {}
}
