package io.tidings.bus.web;

import java.beans.PropertyEditorSupport;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Takes parameters and parts of a path by the letter: by default, {@code 1-1-1-1-1} would be a UUID, {@code 0x14} a number,
 * and {@code 2026} an instant two seconds after 1970 began. These are editors, because what a converter refuses is tried by
 * the lenient editors of Spring.
 */
@ControllerAdvice
public final class StrictParameters {

    @InitBinder
    void takeByTheLetter(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new Strict<>(inOneForm(UUID::fromString)));
        binder.registerCustomEditor(int.class, new Strict<>(inOneForm(Integer::valueOf)));
        binder.registerCustomEditor(Integer.class, new Strict<>(inOneForm(Integer::valueOf)));
        binder.registerCustomEditor(long.class, new Strict<>(inOneForm(Long::valueOf)));
        binder.registerCustomEditor(Long.class, new Strict<>(inOneForm(Long::valueOf)));
        binder.registerCustomEditor(Instant.class, new Strict<>(StrictParameters::instant));
    }

    /** Takes a value only in the form in which it would be written. */
    private static <T> Function<String, T> inOneForm(Function<String, T> parser) {
        return text -> {
            T value = parser.apply(text);
            if (!String.valueOf(value).equalsIgnoreCase(text)) {
                throw new IllegalArgumentException("'%s' must be written as '%s'.".formatted(text, value));
            }
            return value;
        };
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException(unreadable); // nothing else is taken for a value that does not fit
        }
    }

    /** What is empty was not given. */
    private static final class Strict<T> extends PropertyEditorSupport {

        private final Function<String, T> parser;

        /** @param parser refuses what is in another form by an {@link IllegalArgumentException} */
        private Strict(Function<String, T> parser) {
            this.parser = parser;
        }

        @Override
        public void setAsText(String text) {
            setValue(text.isEmpty() ? null : parser.apply(text));
        }
    }
}
