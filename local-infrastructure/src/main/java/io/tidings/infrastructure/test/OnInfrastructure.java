package io.tidings.infrastructure.test;

import io.tidings.infrastructure.Part;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextCustomizerFactories;

/**
 * Lets the application context of a Spring test use {@link io.tidings.infrastructure.Infrastructure#shared()}: sets
 * {@code spring.kafka.bootstrap-servers}, {@code spring.datasource.url}, {@code username} and {@code password} of the
 * database of {@code spring.application.name}, {@code spring.mail.host} and {@code port}. Properties that the test
 * itself sets win. Kafka and PostgreSQL start at once and beside each other, SMTP when its address is first asked for.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ContextCustomizerFactories(InfrastructureCustomizerFactory.class)
public @interface OnInfrastructure {

    /** What the context gets; what is left out is neither set nor started. */
    Part[] value() default {Part.KAFKA, Part.POSTGRES, Part.MAIL};
}
