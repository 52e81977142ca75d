package io.tidings.search.api;

import io.tidings.bus.web.Problem;
import io.tidings.search.domain.Query.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended, as callers hand it back. */
final class Cursor {

    private static final char BETWEEN = ' ';

    private Cursor() {}

    static String write(Position position) {
        String text = position.rank() + String.valueOf(BETWEEN) + position.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws org.springframework.web.ErrorResponseException a bad request, if it is none that we gave out */
    static Position read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int between = text.indexOf(BETWEEN);
            Position position =
                    new Position(Double.parseDouble(text.substring(0, between)), text.substring(between + 1));
            if (write(position).equals(cursor) && position.id().indexOf('\0') < 0) {
                return position;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            // is answered below
        }
        throw Problem.badRequest("cursor", "must be the 'next' of an earlier page");
    }
}
