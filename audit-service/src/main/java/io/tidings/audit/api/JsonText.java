package io.tidings.audit.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Tells JSON from what only might be. */
final class JsonText {

    private JsonText() {}

    /** The bytes as text, unchanged, if they are one JSON value in UTF-8. */
    static Optional<String> of(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return isOneValue(text) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException otherEncoding) {
            return Optional.empty();
        }
    }

    private static boolean isOneValue(String text) {
        try (JsonParser parser = JsonMapper.shared().createParser(text)) {
            boolean isValue = parser.nextToken() != null;
            parser.skipChildren();
            return isValue && parser.nextToken() == null;
        } catch (JacksonException otherForm) {
            return false;
        }
    }
}
