package io.tidings.warehouse.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tidings.bus.web.IdempotencyKeys;
import io.tidings.bus.web.Problem;
import io.tidings.warehouse.domain.Product;
import io.tidings.warehouse.domain.ProductCatalogue;
import io.tidings.warehouse.domain.SkuTakenException;
import io.tidings.warehouse.domain.StockKeeper;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProductController {

    private final ProductCatalogue catalogue;
    private final StockKeeper stockKeeper;
    private final IdempotencyKeys idempotencyKeys;

    ProductController(ProductCatalogue catalogue, StockKeeper stockKeeper, IdempotencyKeys idempotencyKeys) {
        this.catalogue = catalogue;
        this.stockKeeper = stockKeeper;
        this.idempotencyKeys = idempotencyKeys;
    }

    @PostMapping("/products")
    @Operation(summary = "Lists a product for sale.")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    ResponseEntity<ProductResponse> list(@Valid @RequestBody ListProductRequest request) {
        try {
            ProductResponse product = ProductResponse.of(catalogue.list(
                    request.sku(),
                    request.name(),
                    request.category(),
                    request.price().toMoney()));
            return ResponseEntity.created(URI.create("/products/" + product.sku()))
                    .body(product);
        } catch (SkuTakenException taken) {
            throw Problem.conflict("sku", String.valueOf(taken.getMessage()));
        }
    }

    @GetMapping("/products")
    @Operation(summary = "Shows the products, in the order of their skus.")
    ProductPage products(
            @RequestParam(defaultValue = "")
                    @Pattern(regexp = ListProductRequest.LINE_OF_TEXT, message = "must not contain control characters")
                    String cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        List<Product> oneMore = catalogue.findAfter(cursor, limit + 1);
        return ProductPage.of(oneMore.stream().map(ProductResponse::of).toList(), limit);
    }

    @GetMapping("/products/{sku}")
    @Operation(summary = "Shows a product.")
    ProductResponse product(@PathVariable String sku) {
        return catalogue.find(sku).map(ProductResponse::of).orElseThrow(() -> unknown(sku));
    }

    @PutMapping("/products/{sku}/price")
    @Operation(summary = "Changes a product's price.")
    ProductResponse changePrice(@PathVariable String sku, @Valid @RequestBody Price price) {
        return catalogue
                .changePrice(sku, price.toMoney())
                .map(ProductResponse::of)
                .orElseThrow(() -> unknown(sku));
    }

    @PostMapping("/products/{sku}/stock")
    @Operation(summary = "Receives pieces of a product into stock.")
    StockResponse receive(
            @PathVariable String sku,
            @Valid @RequestBody ReceiveStockRequest request,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key) {
        return idempotencyKeys
                .once(
                        "stock of product %s".formatted(sku),
                        key,
                        request,
                        StockResponse.class,
                        () -> stockKeeper
                                .receive(sku, request.quantity())
                                .map(StockResponse::of)
                                .orElseThrow(() -> unknown(sku)))
                .answer();
    }

    @GetMapping("/stock/{sku}")
    @Operation(summary = "Shows how many pieces of a product are there, reserved, shipped and received.")
    StockResponse stock(@PathVariable String sku) {
        return stockKeeper.find(sku).map(StockResponse::of).orElseThrow(() -> unknown(sku));
    }

    @GetMapping("/reservations/{orderId}")
    @Operation(summary = "Shows what is reserved for an order.")
    ReservationResponse reservation(@PathVariable UUID orderId) {
        return stockKeeper
                .reservation(orderId)
                .map(ReservationResponse::of)
                .orElseThrow(() -> Problem.notHeardOf("We have not heard of order %s.".formatted(orderId)));
    }

    private static ErrorResponseException unknown(String sku) {
        return Problem.notFound("There is no product %s.".formatted(sku));
    }
}
