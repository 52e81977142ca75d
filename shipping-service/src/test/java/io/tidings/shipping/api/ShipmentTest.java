package io.tidings.shipping.api;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Money;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.shipping.OtherServices;
import io.tidings.shipping.RunningService;
import io.tidings.shipping.domain.ShipmentStatus;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@RunningService
class ShipmentTest {

    @Autowired
    RestTestClient http;

    @Autowired
    OtherServices others;

    private final UUID user = TimeOrderedId.next();
    private final UUID order = TimeOrderedId.next();

    @Test
    void a_shipment_is_found_by_its_order() {
        Instant before = Instant.now();
        others.tell(new PaymentProcessed(order, user, new Money(1_999, "USD"), CHOREOGRAPHY));

        ShipmentResponse shipment = shipmentOf(order);

        ShipmentCreated told = (ShipmentCreated) others.hearOf(order).getFirst();
        assertThat(shipment.orderId()).isEqualTo(order);
        assertThat(shipment.shipmentId()).isEqualTo(told.shipmentId());
        assertThat(shipment.status()).isEqualTo(ShipmentStatus.CREATED);
        assertThat(shipment.changedAt()).isBetween(before.minusMillis(1), Instant.now());
    }

    @Test
    void what_was_never_shipped_has_no_shipment_id() {
        others.tell(new OrderCanceled(order, user, "You canceled it."));

        assertThat(shipmentOf(order).status()).isEqualTo(ShipmentStatus.DECLINED);
        assertThat(shipmentOf(order).shipmentId()).isNull();
    }

    @Test
    void an_order_that_we_have_not_heard_of_may_be_asked_for_again() {
        http.get()
                .uri("/shipments/{order}", order)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("We have not heard of a paid order %s. If it was made a moment ago, try again in a second."
                        .formatted(order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven", "7", "00000000-0000-0000-0000-00000000000g"})
    void an_id_that_is_no_uuid_is_a_bad_request(String id) {
        http.get()
                .uri("/shipments/{order}", id)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("orderId: must be a UUID");
    }

    @Test
    void nobody_ships_by_hand() {
        http.post()
                .uri("/shipments/{order}", order)
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON);
    }

    private ShipmentResponse shipmentOf(UUID id) {
        return http.get()
                .uri("/shipments/{order}", id)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(ShipmentResponse.class)
                .getResponseBody();
    }
}
