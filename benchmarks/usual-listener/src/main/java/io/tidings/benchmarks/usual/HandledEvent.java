package io.tidings.benchmarks.usual;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of the inbox. */
@Entity
@Table(name = "inbox")
class HandledEvent {

    @Id
    private UUID eventId;

    HandledEvent(UUID eventId) {
        this.eventId = eventId;
    }

    @SuppressWarnings("NullAway.Init")
    protected HandledEvent() {
        // For Hibernate.
    }
}
