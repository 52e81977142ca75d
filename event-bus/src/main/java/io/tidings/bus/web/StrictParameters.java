package io.tidings.bus.web;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Takes parameters and parts of a path by the letter: by default, {@code 1-1-1-1-1} would be a UUID and {@code 0x14} a
 * number. These are editors, because what a converter refuses is tried by the lenient editors of Spring.
 */
@ControllerAdvice
public final class StrictParameters {

    @InitBinder
    void takeByTheLetter(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new OneForm<>(UUID::fromString));
        binder.registerCustomEditor(int.class, new OneForm<>(Integer::valueOf));
        binder.registerCustomEditor(Integer.class, new OneForm<>(Integer::valueOf));
        binder.registerCustomEditor(long.class, new OneForm<>(Long::valueOf));
        binder.registerCustomEditor(Long.class, new OneForm<>(Long::valueOf));
    }

    /** Takes a value only in the form in which it would be written. What is empty was not given. */
    private static final class OneForm<T> extends PropertyEditorSupport {

        private final Function<String, T> parser;

        private OneForm(Function<String, T> parser) {
            this.parser = parser;
        }

        @Override
        public void setAsText(String text) {
            if (text.isEmpty()) {
                setValue(null);
                return;
            }
            T value = parser.apply(text);
            if (!String.valueOf(value).equalsIgnoreCase(text)) {
                throw new IllegalArgumentException("'%s' must be written as '%s'.".formatted(text, value));
            }
            setValue(value);
        }
    }
}
