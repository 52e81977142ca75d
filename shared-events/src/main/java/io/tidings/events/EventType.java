package io.tidings.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the type of an {@link Event}, its version and the topic on which it is told. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** A past tense in the language of the shop, such as {@code OrderPlaced}. */
    String name();

    /** Counts from 1. A new version is needed for each change that is not compatible both ways. */
    int version();

    /** The topic; see {@link Topics}. */
    String topic();

    /** What lifts older versions, each to the next one; see {@link Upcaster}. */
    Class<? extends Upcaster>[] upcasters() default {};
}
