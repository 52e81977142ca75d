package io.tidings.bus.autoconfigure;

import io.tidings.bus.flow.FlowFilter;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** With a web server, each request begins a flow or goes on with its caller's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
class WebFlowConfiguration {

    @Bean
    FilterRegistrationBean<FlowFilter> flowFilter() {
        FilterRegistrationBean<FlowFilter> registration = new FilterRegistrationBean<>(new FlowFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
