package io.tidings.systemtests.faults;

import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.DoorException;
import io.tidings.systemtests.cluster.Cluster;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Look after dead letters: they discard what can never be read, and redrive the rest. */
final class Operators implements AutoCloseable {

    private final Door gateway;
    private long discarded;
    private long redriven;

    Operators(URI gateway) {
        this.gateway = Door.gateway(gateway);
    }

    /** Returns whether nothing is parked any more, as far as can be seen. */
    boolean openAllKeys(Set<UUID> unreadable) {
        boolean open = true;
        for (String service : Cluster.SERVICES) {
            open &= openKeysOf(service, unreadable);
        }
        return open;
    }

    private boolean openKeysOf(String service, Set<UUID> unreadable) {
        String letters = "/services/%s/dead-letters".formatted(service);
        try {
            Answer failed = gateway.get(letters + "?state=FAILED&limit=1000");
            if (!failed.isSuccess()) {
                return false;
            }
            for (JsonNode letter : failed.body().path("deadLetters")) {
                String id = letter.path("id").asString();
                if (unreadable.contains(UUID.fromString(letter.path("messageId").asString()))) {
                    Answer gone = gateway.delete("%s/%s?by=fault-runner&reason=unreadable".formatted(letters, id));
                    discarded += gone.isSuccess() ? 1 : 0;
                } else {
                    redrive(letters, Map.of("id", id));
                }
            }
            Answer answer = redrive(letters, Map.of("all", true));
            return answer.isSuccess() && answer.body().path("parkedMessages").asLong(1) == 0;
        } catch (DoorException away) {
            return false;
        }
    }

    private Answer redrive(String letters, Map<String, Object> what) {
        Answer answer = gateway.post(letters + "/redrive", what, Map.of());
        redriven += answer.body().path("redriven").asLong(0);
        return answer;
    }

    long discarded() {
        return discarded;
    }

    long redriven() {
        return redriven;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
