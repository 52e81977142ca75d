package io.tidings.audit.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.tidings.audit.domain.flow.FlowState;
import io.tidings.audit.domain.flow.FlowView;
import io.tidings.audit.domain.flow.Flows;
import io.tidings.audit.domain.flow.SequenceDiagram;
import io.tidings.bus.web.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/flows")
class FlowController {

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");
    private static final String LIMIT_RULE = "must be from 1 to 1000";

    private final Flows flows;

    FlowController(Flows flows) {
        this.flows = flows;
    }

    @GetMapping
    @Operation(summary = "Lists flows, the newest first.")
    FlowPageResponse list(
            @RequestParam(required = false) @Parameter(description = "running, stalled or done") @Nullable String state,
            @RequestParam(defaultValue = "100")
                    @Min(value = 1, message = LIMIT_RULE)
                    @Max(value = 1000, message = LIMIT_RULE)
                    int limit,
            @RequestParam(required = false) @Nullable UUID cursor) {
        return FlowPageResponse.of(flows.list(stateOf(state), cursor, limit));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a flow, by its correlation id or the key of a message: what caused what, and when.")
    FlowResponse find(@PathVariable String id) {
        return FlowResponse.of(view(id));
    }

    /** As a drawing for whoever asks for an image, and as text for everybody else. */
    @GetMapping("/{id}/diagram")
    @Operation(summary = "Draws a flow as a sequence diagram, in Mermaid or as an image.")
    ResponseEntity<String> diagram(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*")
                    @Parameter(description = "image/svg+xml for an image")
                    String accept) {
        boolean drawn = typesIn(accept).stream().anyMatch(wanted -> !wanted.isWildcardType() && wanted.includes(SVG));
        SequenceDiagram diagram = SequenceDiagram.of(view(id).tree());
        return ResponseEntity.ok()
                .contentType(new MediaType(drawn ? SVG : MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .varyBy(HttpHeaders.ACCEPT)
                .body(drawn ? SvgDiagram.write(diagram) : MermaidDiagram.write(diagram));
    }

    private static List<MediaType> typesIn(String accept) {
        try {
            return MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException unreadable) {
            throw Problem.badRequest(HttpHeaders.ACCEPT, "must be media types, such as image/svg+xml or text/plain");
        }
    }

    private FlowView view(String id) {
        return flows.find(id)
                .orElseThrow(
                        () -> Problem.notHeardOf("There is no flow %s, and no message whose key it is.".formatted(id)));
    }

    private static @Nullable FlowState stateOf(@Nullable String word) {
        if (word == null || word.isEmpty()) {
            return null;
        }
        return FlowState.of(word).orElseThrow(() -> Problem.badRequest("state", "must be one of " + FlowState.words()));
    }
}
