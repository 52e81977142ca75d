package io.tidings.infrastructure.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.Part;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class OnInfrastructureTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @Nested
    @OnInfrastructure
    @SpringBootTest(classes = Application.class, properties = "spring.application.name=order-service")
    class With_all_parts {

        @Autowired
        JdbcClient database;

        @Autowired
        KafkaAdmin kafka;

        @Autowired
        JavaMailSenderImpl mail;

        @Test
        void a_context_uses_the_database_of_its_service() {
            assertThat(database.sql("SELECT current_database() || ' ' || current_user")
                            .query(String.class)
                            .single())
                    .isEqualTo("order_service order_service");
        }

        @Test
        void a_context_reaches_kafka() {
            assertThat(kafka.clusterId()).isNotBlank();
        }

        @Test
        void a_context_reaches_the_mail_server() throws Exception {
            mail.testConnection();
            assertThat(mail.getPort()).isEqualTo(Infrastructure.shared().mail().smtpPort());
        }
    }

    @Nested
    @OnInfrastructure(Part.POSTGRES)
    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.application.name=audit-service", "spring.datasource.hikari.maximum-pool-size=2"})
    class With_a_database_only {

        @Autowired
        JdbcClient database;

        @Autowired
        Environment environment;

        @Test
        void a_context_gets_nothing_else() {
            assertThat(database.sql("SELECT current_database()")
                            .query(String.class)
                            .single())
                    .isEqualTo("audit_service");
            assertThat(environment.containsProperty("spring.kafka.bootstrap-servers"))
                    .isFalse();
            assertThat(environment.containsProperty("spring.mail.host")).isFalse();
        }
    }

    @Nested
    @OnInfrastructure
    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.application.name=user-service", "spring.kafka.bootstrap-servers=localhost:1"})
    class With_a_property_of_the_test {

        @Autowired
        Environment environment;

        @Test
        void the_property_of_the_test_wins() {
            assertThat(environment.getProperty("spring.kafka.bootstrap-servers"))
                    .isEqualTo("localhost:1");
        }
    }
}
