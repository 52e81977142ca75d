package io.tidings.payment.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.bus.web.Problem;
import io.tidings.payment.domain.Payments;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PaymentController {

    private final Payments payments;

    PaymentController(Payments payments) {
        this.payments = payments;
    }

    @GetMapping("/payments/{orderId}")
    @Operation(summary = "Shows what became of the payment of an order.")
    PaymentResponse get(@PathVariable UUID orderId) {
        return payments.find(orderId)
                .map(PaymentResponse::of)
                .orElseThrow(() -> Problem.notHeardOf("We have not heard of order %s.".formatted(orderId)));
    }
}
