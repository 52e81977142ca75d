package io.tidings.warehouse.api;

import io.tidings.warehouse.domain.Reservation;
import io.tidings.warehouse.domain.ReservationStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

record ReservationResponse(UUID orderId, ReservationStatus status, List<Line> lines, Instant changedAt) {

    record Line(String sku, int quantity) {}

    static ReservationResponse of(Reservation reservation) {
        return new ReservationResponse(
                reservation.orderId(),
                reservation.status(),
                reservation.lines().entrySet().stream()
                        .map(line -> new Line(line.getKey(), line.getValue()))
                        .toList(),
                reservation.changedAt());
    }
}
