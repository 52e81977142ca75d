package io.tidings.bus.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be redriven: exactly one of these.
 *
 * @param id one dead letter, if it is the first of its key
 * @param key all that waits of a key
 * @param topic of the key; on all topics if it is not said
 * @param type the keys whose first message is of the type
 * @param all whatever waits
 */
@Schema(example = """
        {"topic": "orders", "key": "01a207bf-e28b-7065-a7fd-f8fb6a015041"}""")
record RedriveRequest(
        @Nullable UUID id,
        @Nullable String key,
        @Nullable String topic,
        @Nullable String type,
        @Nullable Boolean all) {}
