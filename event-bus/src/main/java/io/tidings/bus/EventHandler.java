package io.tidings.bus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that is called for each event of its parameter's type, exactly once in effect.
 *
 * <p>The method takes the event and, optionally, its {@link EventMetadata}. All it changes in the service's database and
 * all it publishes is one transaction, shared with the other events of the same batch. What can't be rolled back, such
 * as sending a mail, does not belong there: record it, and let a worker do it.
 *
 * <p>A {@link PermanentFailure} sends the event to the dead letters; anything else is tried again first.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventHandler {

    /**
     * Whether it is called in every replay too, when messages of the past are told again. Whoever does something outside
     * for each event, such as writing to a customer, says no, and is called only if the replay was ordered with effects.
     *
     * <p>Such a handler is still called once for each event that comes live, whether a replay told of it before or not: what
     * was published while live messages waited is told by the replay, comes live after it, and then reaches this handler
     * alone. Of two kinds of events it does not hear: those that never come live to the service, such as those from before it
     * was there, and those that wait among the dead letters when a rebuild replaces these. Redrive them first.
     */
    boolean replayed() default true;
}
