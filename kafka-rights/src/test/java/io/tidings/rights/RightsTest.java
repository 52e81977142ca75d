package io.tidings.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {

    @Test
    void what_is_written_is_what_is_read() {
        Rights rights = Rights.parse("""
                # Who may do what.

                search-service  READ   GROUP  search-service
                order-service   WRITE  TOPIC  orders
                order-service   READ   TOPIC  payments
                """);

        assertThat(rights.all())
                .containsExactly(
                        new Right("order-service", AclOperation.WRITE, ResourceType.TOPIC, "orders"),
                        new Right("order-service", AclOperation.READ, ResourceType.TOPIC, "payments"),
                        new Right("search-service", AclOperation.READ, ResourceType.GROUP, "search-service"));
        assertThat(Rights.parse(rights.toText())).isEqualTo(rights);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-service WRITE orders",
                "order-service WRITE TOPIC orders payments",
                "order-service SCRIBBLE TOPIC orders",
                "order-service ALL TOPIC orders",
                "order-service WRITE ANY orders",
                "order-service WRITE SHELF orders",
                "order-service WRITE TOPIC *",
                "* WRITE TOPIC orders"
            })
    void a_line_that_is_no_right_to_one_thing_is_refused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rights.parse(line));
    }
}
