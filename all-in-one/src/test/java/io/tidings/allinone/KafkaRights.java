package io.tidings.allinone;

import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.publishing.DeadLetter;
import io.tidings.rights.Right;
import io.tidings.rights.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what on Kafka: what the services say of themselves, what the bus does for each of them, and what
 * audit-service asks when it tells the past again. Every thing is named; there is no right to all topics or groups, and
 * none to the cluster: an idempotent producer needs none where it may write, and health asks what everyone is told.
 */
final class KafkaRights {

    private static final String HEAD = """
            # Who may do what on Kafka: whatever is not here is refused. Who may READ or WRITE something may DESCRIBE it too.
            # Made by ./tidings docs of what each running service tells and hears: change the services, not this file.
            """;

    /** The one that reads everything, and tells the past again. */
    private static final String RECORDER = "audit-service";

    private final AsyncApi asyncApi;
    private final Set<Right> rights = new TreeSet<>();

    KafkaRights(AsyncApi asyncApi) {
        this.asyncApi = asyncApi;
        Service.BEHIND_THE_GATEWAY.forEach(service -> grantWhatItSays(service.name()));
        Service.BEHIND_THE_GATEWAY.forEach(service -> grantReplaysTo(service.name()));
    }

    private void grantWhatItSays(String service) {
        asyncApi.toldBy(service).forEach(topic -> grantTelling(service, topic));
        asyncApi.heardBy(service).forEach(topic -> {
            grant(service, AclOperation.READ, ResourceType.TOPIC, topic);
            // The bus makes a topic that is not there yet, whoever comes first: who listens, or who tells.
            grant(service, AclOperation.CREATE, ResourceType.TOPIC, topic);
            // Live messages are read by the group of the service's name, replays by one of their own.
            boolean replay = ReplayedMessage.serviceOf(topic).isPresent();
            grant(service, AclOperation.READ, ResourceType.GROUP, replay ? topic : service);
        });
        if (!asyncApi.heardBy(service).isEmpty()) {
            // What it can't handle or, as the recorder, can't keep.
            grantTelling(service, DeadLetter.topicOf(service));
        }
    }

    private void grantTelling(String service, String topic) {
        grant(service, AclOperation.WRITE, ResourceType.TOPIC, topic);
        grant(service, AclOperation.CREATE, ResourceType.TOPIC, topic);
    }

    /** The recorder tells it the past, having asked what it listens to, and asks how far it has come. */
    private void grantReplaysTo(String service) {
        String topic = ReplayedMessage.topicOf(service);
        if (asyncApi.heardBy(service).contains(topic)) {
            grantTelling(RECORDER, topic);
            grant(RECORDER, AclOperation.DESCRIBE, ResourceType.GROUP, service);
            grant(RECORDER, AclOperation.DESCRIBE, ResourceType.GROUP, topic);
        }
    }

    private void grant(String service, AclOperation operation, ResourceType kind, String name) {
        rights.add(new Right(service, operation, kind, name));
    }

    Rights rights() {
        return new Rights(rights);
    }

    /** With a space between services. */
    String toText() {
        List<String> parts = new ArrayList<>(List.of(HEAD));
        Service.BEHIND_THE_GATEWAY.forEach(service -> parts.add(new Rights(rights.stream()
                        .filter(right -> right.login().equals(service.name()))
                        .toList())
                .toText()));
        return String.join("\n", parts);
    }
}
