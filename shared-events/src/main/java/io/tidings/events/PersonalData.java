package io.tidings.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a message that says something of a person, who has a right to have it forgotten. Its key is that person's user id.
 * Whoever keeps such messages for good must be able to forget what they say when {@link io.tidings.events.user.UserErased}
 * comes.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PersonalData {}
