package io.tidings.order.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tidings.bus.web.IdempotencyKeys;
import io.tidings.bus.web.IdempotencyKeys.Answered;
import io.tidings.bus.web.Problem;
import io.tidings.order.domain.Order;
import io.tidings.order.domain.OrderDesk;
import io.tidings.order.domain.OrderRefusedException;
import io.tidings.order.domain.OrderStatus;
import io.tidings.order.domain.PlaceOrder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders")
class OrderController {

    private static final String LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    private final OrderDesk desk;
    private final IdempotencyKeys idempotencyKeys;

    OrderController(OrderDesk desk, IdempotencyKeys idempotencyKeys) {
        this.desk = desk;
        this.idempotencyKeys = idempotencyKeys;
    }

    @PostMapping
    @Operation(summary = "Places an order.")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "Placed before under this key", useReturnTypeSchema = true)
    ResponseEntity<OrderResponse> place(
            @Valid @RequestBody PlaceOrderRequest request,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key) {
        try {
            PlaceOrder wanted = request.toDomain();
            Answered<OrderResponse> placed = idempotencyKeys.once(
                    "orders of user %s".formatted(request.userId()),
                    key,
                    wanted,
                    OrderResponse.class,
                    () -> OrderResponse.of(desk.place(wanted)));
            OrderResponse order = placed.answer();
            return placed.isNew()
                    ? ResponseEntity.created(URI.create("/orders/" + order.orderId()))
                            .body(order)
                    : ResponseEntity.ok(order);
        } catch (OrderRefusedException refused) {
            throw Problem.unprocessable(refused.field(), refused.rule());
        }
    }

    @GetMapping("/{orderId}")
    @Operation(summary = "Shows an order, and where it stands.")
    OrderResponse get(@PathVariable UUID orderId) {
        return desk.find(orderId).map(OrderResponse::of).orElseThrow(() -> unknown(orderId));
    }

    @GetMapping
    @Operation(summary = "Lists a user's orders, the newest first.")
    OrderPage list(
            @RequestParam UUID userId,
            @RequestParam(defaultValue = LAST_ID) UUID cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        List<Order> oneMore = desk.findOlder(userId, cursor, limit + 1);
        return OrderPage.of(oneMore.stream().map(OrderResponse::of).toList(), limit);
    }

    @PostMapping("/{orderId}/cancel")
    @Operation(summary = "Cancels an order that has not ended yet; what was done for it is undone.")
    OrderResponse cancel(@PathVariable UUID orderId) {
        Order order = desk.cancel(orderId).orElseThrow(() -> unknown(orderId));
        if (order.status() != OrderStatus.CANCELED) {
            throw Problem.conflict(
                    "Order %s is %s already, and can't be canceled any more.".formatted(orderId, order.status()));
        }
        return OrderResponse.of(order);
    }

    private static ErrorResponseException unknown(UUID orderId) {
        return Problem.notFound("There is no order %s.".formatted(orderId));
    }
}
