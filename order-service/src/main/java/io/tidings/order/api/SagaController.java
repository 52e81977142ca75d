package io.tidings.order.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.bus.web.Problem;
import io.tidings.order.domain.OrderDesk;
import io.tidings.order.orchestration.Orchestrator;
import java.util.UUID;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SagaController {

    private final Orchestrator orchestrator;
    private final OrderDesk desk;

    SagaController(Orchestrator orchestrator, OrderDesk desk) {
        this.orchestrator = orchestrator;
        this.desk = desk;
    }

    @GetMapping("/sagas/{orderId}")
    @Operation(summary = "Shows how far the orchestration of an order has come, step by step.")
    SagaResponse saga(@PathVariable UUID orderId) {
        return orchestrator.find(orderId).map(SagaResponse::of).orElseThrow(() -> none(orderId));
    }

    private ErrorResponseException none(UUID orderId) {
        String sentence = desk.find(orderId).isPresent()
                ? "Order %s is fulfilled by choreography, so there is no saga: each service knows its own step, and nobody the whole."
                : "There is no order %s.";
        return Problem.notFound(sentence.formatted(orderId));
    }
}
