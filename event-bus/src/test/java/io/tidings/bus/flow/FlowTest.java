package io.tidings.bus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class FlowTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void a_caller_names_its_flow_and_its_trace() {
        Flow flow = Flow.begin("order-7", "00-%s-00f067aa0ba902b7-01".formatted(TRACE));

        assertThat(flow.correlationId()).isEqualTo("order-7");
        assertThat(flow.nextTraceparent()).startsWith("00-%s-".formatted(TRACE)).doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void a_name_that_nobody_can_read_and_a_malformed_trace_are_replaced() {
        Flow flow = Flow.begin("<script>", "00-000-1");

        assertThat(flow.correlationId()).matches("[0-9a-f-]{36}");
        assertThat(flow.nextTraceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void a_flow_is_current_while_its_work_is_done_and_no_longer() {
        AtomicReference<Flow> seen = new AtomicReference<>();
        Flow flow = Flow.begin("mine", null);

        flow.run(() -> seen.set(Flow.current()));

        assertThat(seen.get()).isEqualTo(flow);
        assertThat(Flow.current()).isNotEqualTo(flow);
    }

    @Test
    void what_is_logged_after_a_flow_within_another_belongs_to_the_outer_one_again() {
        List<String> logged = new ArrayList<>();
        Flow outer = Flow.begin("outer", null);
        Flow inner = Flow.begin("inner", null);

        outer.run(() -> {
            inner.run(() -> logged.add(MDC.get("correlationId")));
            logged.add(MDC.get("correlationId"));
        });

        assertThat(logged).containsExactly("inner", "outer");
        assertThat(MDC.get("correlationId")).isNull();
    }
}
