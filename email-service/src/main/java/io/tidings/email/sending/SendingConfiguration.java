package io.tidings.email.sending;

import jakarta.mail.Transport;
import java.time.Duration;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.web.service.registry.ImportHttpServices;

/** Where user-service is and how long to wait for it is set under {@code spring.http.serviceclient.users}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SendingProperties.class)
@ImportHttpServices(group = "users", types = UserService.class)
class SendingConfiguration {

    private static final String STREAM_PROVIDER = "jakarta.mail.util.StreamProvider";
    /** Mails that follow each other share a connection; a server does not wait long for one that sends nothing. */
    private static final Duration OPEN_WITHOUT_MAILS = Duration.ofSeconds(2);

    /**
     * The mail library asks three times a mail which provider of streams there is, and looks through the whole class path
     * for it, unless it is told by this property.
     */
    static {
        if (System.getProperty(STREAM_PROVIDER) == null) {
            System.setProperty(STREAM_PROVIDER, MailStreamProvider.class.getName());
        }
    }

    /** As many as are asked for at the same time; {@link Postman} sees to it that those are not too many. */
    @Bean
    ObjectPool<Transport> mailConnections(JavaMailSenderImpl settings, SendingProperties properties) {
        GenericObjectPoolConfig<Transport> pooling = new GenericObjectPoolConfig<>();
        pooling.setMaxTotal(-1);
        pooling.setMaxIdle(properties.connections());
        pooling.setTestOnBorrow(true);
        pooling.setMinEvictableIdleDuration(OPEN_WITHOUT_MAILS);
        pooling.setTimeBetweenEvictionRuns(OPEN_WITHOUT_MAILS.dividedBy(2));
        pooling.setNumTestsPerEvictionRun(properties.connections());
        pooling.setJmxEnabled(false);
        return new GenericObjectPool<>(new MailConnectionFactory(settings), pooling);
    }
}
