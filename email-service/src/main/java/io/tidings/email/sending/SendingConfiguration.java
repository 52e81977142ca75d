package io.tidings.email.sending;

import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

/** Where user-service is and how long to wait for it is set under {@code spring.http.serviceclient.users}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SendingProperties.class)
@ImportHttpServices(group = "users", types = UserService.class)
class SendingConfiguration {

    private static final String STREAM_PROVIDER = "jakarta.mail.util.StreamProvider";

    /**
     * The mail library asks three times a mail which provider of streams there is, and looks through the whole class path
     * for it, unless it is told by this property.
     */
    static {
        if (System.getProperty(STREAM_PROVIDER) == null) {
            System.setProperty(STREAM_PROVIDER, MailStreamProvider.class.getName());
        }
    }
}
