package io.tidings.bus.autoconfigure;

import io.tidings.bus.handling.FailureClassifier;
import io.tidings.bus.web.ProblemAdvice;
import io.tidings.bus.web.RequestSizeFilter;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** On request, errors are answered as problem details and bodies are limited. */
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
    FilterRegistrationBean<RequestSizeFilter> requestSizeFilter(JsonMapper mapper) {
        FilterRegistrationBean<RequestSizeFilter> registration =
                new FilterRegistrationBean<>(new RequestSizeFilter(mapper));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
