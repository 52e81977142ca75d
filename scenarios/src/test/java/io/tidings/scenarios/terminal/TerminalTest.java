package io.tidings.scenarios.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.scenarios.SmallSystem;
import io.tidings.scenarios.narration.Colours;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TerminalTest {

    private static final String FLOW = """
            {"correlationId":"my-order","state":"stalled","startedAt":"2026-01-31T12:00:00Z","durationMillis":31.25,
             "messages":5,"whole":true,"related":["my-cancellation"],
             "undertakings":[{"key":"0199","outcome":null,"open":["order","stock"]}],
             "tree":[
              {"depth":0,"type":"io.tidings.OrderPlaced.v2","service":"order-service","afterStartMillis":0.0,
               "afterCauseMillis":null,"deadLetter":false},
              {"depth":1,"type":"io.tidings.InventoryReserved.v1","service":"warehouse-service","afterStartMillis":12.0,
               "afterCauseMillis":12.0,"deadLetter":false},
              {"depth":2,"type":"io.tidings.InventoryReserved.v1","service":"payment-service","afterStartMillis":31.25,
               "afterCauseMillis":19.25,"deadLetter":true},
              {"depth":1,"type":"io.tidings.EmailSent.v1","service":"email-service","afterStartMillis":2500.0,
               "afterCauseMillis":2500.0,"deadLetter":false}]}
            """;

    private static final String STATE = """
            {"type":"order","id":"0199","asOf":"2026-01-31T12:00:01Z","position":2,"positions":5,
             "state":{"status":"PLACED","total":{"minorUnits":9005,"currency":"USD"},"payment":null},
             "history":[
              {"position":1,"type":"io.tidings.OrderPlaced.v2","time":"2026-01-31T12:00:00.123456Z",
               "changes":[{"field":"status","from":null,"to":"PLACED"}]},
              {"position":2,"type":"io.tidings.InventoryReserved.v1","time":"2026-01-31T12:00:00.2Z","changes":[]}]}
            """;

    private final SmallSystem system = new SmallSystem();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream problems = new ByteArrayOutputStream();

    TerminalTest() throws IOException {}

    @AfterEach
    void stop_the_system() {
        system.close();
    }

    @Test
    void a_flow_is_a_tree_with_the_time_of_each_hop() {
        // given
        system.answers("GET /flows/my-order", 200, FLOW);
        // when
        int exit = run(Colours.NONE, "flow", "my-order");
        // then
        assertThat(exit).isZero();
        assertThat(out()).isEqualTo("""
                Flow my-order: stalled after 31 ms, 5 messages since 2026-01-31T12:00:00Z
                  0199: not ended, open: order, stock
                  OrderPlaced v2                             order-service       +0.0 ms
                  ├─ InventoryReserved v1                    warehouse-service   +12 ms    hop 12 ms
                  │  └─ InventoryReserved v1 (dead letter)   payment-service     +31 ms    hop 19 ms
                  └─ EmailSent v1                            email-service       +2.5 s    hop 2.5 s
                  See also flow my-cancellation
                """);
    }

    @Test
    void a_terminal_with_colours_shows_the_same_text_with_colours() {
        // given
        system.answers("GET /flows/my-order", 200, FLOW);
        // when
        run(Colours.NONE, "flow", "my-order");
        String plain = out();
        out.reset();
        run(Colours.ANSI, "flow", "my-order");
        // then
        assertThat(out()).contains("\033[31mstalled\033[0m").isNotEqualTo(plain);
        assertThat(out().replaceAll("\033\\[\\d+m", "")).isEqualTo(plain);
    }

    @Test
    void a_state_is_shown_with_what_each_message_changed() {
        // given
        system.answers("GET /entities/order/0199", 200, STATE);
        // when
        int exit = run(Colours.NONE, "state", "order", "0199", "--as-of", "2026-01-31T12:00:01Z");
        // then
        assertThat(exit).isZero();
        assertThat(out()).isEqualTo("""
                order 0199 at 2026-01-31T12:00:01Z, step 2 of 5
                  status    PLACED
                  total     90.05 USD
                  payment   –

                  1   12:00:00.123   OrderPlaced v2         status – → PLACED
                  2   12:00:00.200   InventoryReserved v1   changed nothing
                """);
    }

    @Test
    void events_are_shown_as_they_come_and_it_is_told_when_no_more_do() {
        // given
        system.answers("GET /events/stream", 200, """
                : You are told of messages from now on.

                id:1
                data:{"type":"io.tidings.OrderPlaced.v2","topic":"orders","key":"0199","source":"/order-service",
                data:"correlationId":"my-order","time":"2026-01-31T12:00:00.123456Z"}

                """);
        // when
        int exit = run(Colours.NONE, "tail", "--type=OrderPlaced");
        // then
        assertThat(exit).isEqualTo(1);
        assertThat(out().replaceAll(" +", " "))
                .isEqualTo("12:00:00.123 OrderPlaced v2 order-service 0199 flow my-order\n");
        assertThat(problems()).startsWith("The system ended the stream");
    }

    @Test
    void a_rebuild_is_told_of_until_it_is_done() {
        // given
        String replay = """
                {"replayId":"0199","phase":"%s","lookedAt":%d,"total":2000,"sent":%d,"endedAt":%s}
                """;
        system.answers("POST /replays", 202, replay.formatted("requested", 0, 0, null))
                .answers("GET /replays/0199", 200, replay.formatted("catching_up", 2_000, 1_500, null))
                .answers("GET /replays/0199", 200, replay.formatted("done", 2_000, 1_500, "\"2026-01-31T12:00:00Z\""));
        // when
        int exit = run(Colours.NONE, "rebuild", "search-service");
        // then
        assertThat(exit).isZero();
        assertThat(out()).isEqualTo("""
                search-service: requested, 0 of 2,000 records
                search-service: catching up, 2,000 of 2,000 records
                search-service: done with 1,500 messages
                """);
    }

    @Test
    void programs_get_json() {
        // given
        system.answers("GET /flows/my-order", 200, FLOW);
        // when
        run(Colours.ANSI, "flow", "--json", "my-order");
        // then
        JsonNode printed = JsonMapper.shared().readTree(out());
        assertThat(printed).isEqualTo(JsonMapper.shared().readTree(FLOW));
    }

    @Test
    void a_flow_that_the_system_has_not_heard_of_yet_is_waited_for() {
        // given
        system.answers("GET /flows/my-order", 404, "{\"detail\":\"There is no flow my-order.\"}")
                .answers("GET /flows/my-order", 200, FLOW);
        // when
        int exit = run(Colours.NONE, "flow", "my-order");
        // then
        assertThat(exit).isZero();
        assertThat(out()).startsWith("Flow my-order");
        assertThat(problems()).isEmpty();
    }

    @Test
    void what_the_system_does_not_know_is_told_in_its_words() {
        // given
        system.answers("GET /flows/nobody", 404, "{\"detail\":\"There is no flow nobody.\"}");
        // when
        int exit = run(Colours.NONE, "flow", "nobody");
        // then
        assertThat(exit).isEqualTo(1);
        assertThat(problems()).isEqualTo("There is no flow nobody.\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void a_system_that_does_not_run_is_to_be_started() {
        // given
        system.close();
        // when
        int exit = run(Colours.NONE, "tail");
        // then
        assertThat(exit).isEqualTo(1);
        assertThat(problems()).contains("does not answer", "start the system with ./tidings up");
        assertThat(problems().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
            flow                        => Say ./tidings flow <the id of an order or a flow>.
            flow one two                => Say ./tidings flow <the id of an order or a flow>.
            flow --type=OrderPlaced one => '--type=OrderPlaced' means nothing to flow; './tidings help' lists what does.
            tail everything             => 'everything' means nothing to tail; './tidings help' lists what does.
            tail --key                  => --key needs a value.
            tail --key=                 => --key needs a value.
            state parcel 1              => Say ./tidings state order|user|product|account <id>.
            state order                 => Say ./tidings state order|user|product|account <id>.
            look                        => There is no command 'look'; say flow, tail, state or rebuild.
            """)
    void what_nobody_can_know_the_meaning_of_is_refused(String arguments, String problem) {
        // when
        int exit = run(Colours.NONE, arguments.split(" "));
        // then
        assertThat(exit).isEqualTo(2);
        assertThat(problems()).isEqualTo(problem + "\n");
        assertThat(system.requests()).isEmpty();
    }

    private int run(Colours colours, String... arguments) {
        return Terminal.run(
                List.of(arguments),
                Map.of("TIDINGS_GATEWAY", system.uri().toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(problems, true, StandardCharsets.UTF_8),
                colours);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private String problems() {
        return problems.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
