package io.tidings.bus.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNameTest {

    @Test
    void a_type_has_a_namespace_a_name_and_a_version() {
        assertThat(TypeName.parse("io.tidings.OrderPlaced.v2")).contains(new TypeName("io.tidings", "OrderPlaced", 2));
        assertThat(TypeName.parse("com.OrderPlaced.v123456789"))
                .contains(new TypeName("com", "OrderPlaced", 123_456_789));
    }

    @Test
    void it_is_written_as_it_is_read() {
        String type = "io.tidings.OrderPlaced.v2";

        assertThat(TypeName.parse(type).orElseThrow()).hasToString(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "OrderPlaced",
                "OrderPlaced.v1",
                ".OrderPlaced.v1",
                "io.tidings..v1",
                "io.tidings.OrderPlaced",
                "io.tidings.OrderPlaced.",
                "io.tidings.OrderPlaced.v",
                "io.tidings.OrderPlaced.v0",
                "io.tidings.OrderPlaced.v01",
                "io.tidings.OrderPlaced.v1234567890",
                "io.tidings.OrderPlaced.v-1",
                "io.tidings.OrderPlaced.v1a",
                "io.tidings.OrderPlaced.v\u0661",
                "io.tidings.OrderPlaced.V1",
                "io.tidings.OrderPlaced.2",
                "io.tidings.OrderPlaced.v1 "
            })
    void what_is_of_another_form_is_none(String other) {
        assertThat(TypeName.parse(other)).isEmpty();
    }
}
