package io.tidings.bus;

import io.tidings.events.Message;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States on a bean, such as the application's class, which messages the service publishes. The bus holds it to that: once
 * one bean states some, all others are refused. The AsyncAPI document is made of it.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Publishes {

    /** Events that it tells, and commands that it sends. */
    Class<? extends Message>[] value();
}
