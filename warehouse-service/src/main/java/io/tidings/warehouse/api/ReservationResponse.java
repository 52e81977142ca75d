package io.tidings.warehouse.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.warehouse.domain.Reservation;
import io.tidings.warehouse.domain.ReservationStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Schema(example = """
        {"orderId": "01a207bf-e28b-7065-a7fd-f8fb6a015041", "status": "RESERVED",
         "lines": [{"sku": "teapot", "quantity": 2}], "changedAt": "2026-01-01T12:00:00Z"}""")
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
