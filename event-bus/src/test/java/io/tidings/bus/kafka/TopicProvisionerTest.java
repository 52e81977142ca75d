package io.tidings.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

@OnInfrastructure(Part.KAFKA)
class TopicProvisionerTest {

    @Test
    void topics_that_have_no_leader_are_waited_for_only_while_somebody_wants_them() {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                Infrastructure.shared().kafkaBootstrapServers()))) {
            TopicProvisioner provisioner = new TopicProvisioner(admin, 1);
            AtomicInteger looks = new AtomicInteger();

            boolean haveLeaders = provisioner.awaitLeaders(Set.of("never-made"), () -> looks.incrementAndGet() < 3);

            assertThat(haveLeaders).isFalse();
            assertThat(looks).hasValue(3);
        }
    }
}
