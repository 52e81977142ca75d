package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.events.Services;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTest {

    @Test
    void dead_letters_of_each_service_are_listened_to() {
        List<String> all = new ArrayList<>(Services.WITH_DEAD_LETTERS);
        all.add("audit-service");

        assertThat(all)
                .as("services whose dead letters are recorded and counted, and the one that records them")
                .containsExactlyInAnyOrderElementsOf(
                        Service.BEHIND_THE_GATEWAY.stream().map(Service::name).toList());
    }
}
