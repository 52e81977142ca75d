package io.tidings.warehouse;

import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * A test on the whole service, its database and its broker; three consumers do what three instances would. Nobody is refused
 * because a test asks by many at once on a slow machine.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnInfrastructure({Part.KAFKA, Part.POSTGRES})
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=warehouse-service",
            "tidings.consumer.concurrency=3",
            "tidings.admission.least-requests=100",
            "spring.jpa.properties.hibernate.generate_statistics=true"
        })
@AutoConfigureRestTestClient
@Import({OtherServices.class, Clerk.class})
public @interface RunningService {}
