package io.tidings.bus.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.jdk.UUIDDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Takes bodies by the letter where settings can't say so: numbers and booleans are no text, a field is given once, a UUID
 * has one form, and an instant is no number.
 */
public final class StrictBodies implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder mapper) {
        mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(new SimpleModule("strict-bodies")
                        .addDeserializer(UUID.class, new OneForm())
                        .addDeserializer(Instant.class, new WrittenInstant()));
    }

    /** Jackson itself takes Base64 too. */
    private static final class OneForm extends UUIDDeserializer {

        private static final int LENGTH = 36;

        @Override
        protected UUID _deserialize(String text, DeserializationContext context) {
            return text.length() == LENGTH
                    ? super._deserialize(text, context)
                    : (UUID) context.handleWeirdStringValue(UUID.class, text, "must be a UUID");
        }
    }

    /** Jackson itself takes seconds since 1970 too, also as text. */
    private static final class WrittenInstant extends FromStringDeserializer<Instant> {

        private WrittenInstant() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException unreadable) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "must be an instant");
            }
        }
    }
}
