package io.tidings.email.sending;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

/** Where user-service is and how long to wait for it is set under {@code spring.http.serviceclient.users}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SendingProperties.class)
@ImportHttpServices(group = "users", types = UserService.class)
class SendingConfiguration {}
