package io.tidings.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a message is for readers if the message does not have it, such as one that was published before the
 * component was added. Publishers always write the component.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {

    /** The value as JSON, such as {@code 0}, {@code true} or {@code "\"EUR\""}. */
    String value();
}
