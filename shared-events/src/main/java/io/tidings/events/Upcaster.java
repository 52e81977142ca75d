package io.tidings.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lifts a message of one version to the next, as JSON, so that handlers only ever know the newest. It is a pure function,
 * has a constructor without parameters, and is named in {@link EventType} or {@link CommandType}. The pattern is Greg
 * Young's <a href="https://leanpub.com/esversioning">upcasting</a>.
 */
public interface Upcaster {

    /** The version that it reads; what it returns is of the next one. */
    int from();

    /**
     * The message in the next version. What is not what that version should be may end in any exception: the message
     * then is unreadable.
     *
     * @param older a JSON object as maps, lists, strings, numbers, booleans and nulls; it may be changed
     */
    Map<String, @Nullable Object> upcast(Map<String, @Nullable Object> older);
}
