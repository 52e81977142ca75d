package io.tidings.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a message that says who a person is, such as a name or interests: that person has a right to have it forgotten. Its
 * key is the person's user id. What names a person by this id alone, such as an order, is not marked: it stays when the
 * id leads to nobody any more.
 * Whoever keeps such messages for good must be able to forget what they say when {@link io.tidings.events.user.UserErased}
 * comes.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PersonalData {}
