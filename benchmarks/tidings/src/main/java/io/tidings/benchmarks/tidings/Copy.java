package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.benchmarks.contender.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** Copies rows to the table with PostgreSQL's {@code COPY}: no events, no inbox, the limit that the database sets. */
@SpringBootConfiguration
@ImportAutoConfiguration(DataSourceAutoConfiguration.class)
class Copy {

    private static final int ROWS_AT_ONCE = 2000;

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(Copy.class, arguments);
    }

    @Bean
    Task copyTask(DataSource dataSource) {
        return new Task() {
            @Override
            public String name() {
                return "copy";
            }

            @Override
            public Object perform(JsonNode parameters) throws Exception {
                List<byte[]> chunks = chunks(parameters.path("rows").asInt());
                long begin = System.nanoTime();
                try (Connection connection = dataSource.getConnection()) {
                    CopyIn copy = connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "copy applied_order"
                                            + " (order_id, version, customer, address, total_minor, currency, note) from stdin");
                    for (byte[] chunk : chunks) {
                        copy.writeToCopy(chunk, 0, chunk.length);
                    }
                    copy.endCopy();
                }
                return Map.of("micros", (System.nanoTime() - begin) / 1000);
            }
        };
    }

    private static List<byte[]> chunks(int rows) {
        List<byte[]> chunks = new ArrayList<>();
        for (int left = rows; left > 0; left -= ROWS_AT_ONCE) {
            chunks.add(Stream.generate(OrderChanged::placed)
                    .limit(Math.min(left, ROWS_AT_ONCE))
                    .map(Copy::line)
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8));
        }
        return chunks;
    }

    private static String line(OrderChanged order) {
        return String.join(
                "\t",
                order.orderId().toString(),
                Long.toString(order.version()),
                order.customer(),
                order.address(),
                Long.toString(order.totalMinor()),
                order.currency(),
                order.note() + "\n");
    }
}
