package io.tidings.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the type of a {@link Command}, its version and the topic on which its owner hears it. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CommandType {

    /** An imperative in the language of the shop, such as {@code ReserveInventory}. */
    String name();

    /** Counts from 1. A new version is needed for each change that is not compatible both ways. */
    int version();

    /** The topic of the one service that owns the command; see {@link Topics}. */
    String topic();

    /** What lifts older versions, each to the next one; see {@link Upcaster}. */
    Class<? extends Upcaster>[] upcasters() default {};
}
