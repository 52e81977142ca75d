package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.audit.AuditServiceApplication;
import io.tidings.events.Topics;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.search.SearchServiceApplication;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A projection is thrown away and made again by a replay, on real Kafka and PostgreSQL. */
class RebuildTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PRODUCTS = 300;
    private static final int CHANGING = 20;
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(20);
    private static final String ROWS = """
            select 'product ' || product_copy::text from product_copy
            union all select 'user ' || user_copy::text from user_copy order by 1
            """;

    private static ConfigurableApplicationContext audit;
    private static ConfigurableApplicationContext search;
    private static Door auditDoor;
    private static JdbcClient searchDatabase;

    @BeforeAll
    static void start() {
        audit = start("audit-service", AuditServiceApplication.class);
        search = start("search-service", SearchServiceApplication.class);
        searchDatabase = search.getBean(JdbcClient.class);
        auditDoor = Door.gateway(
                URI.create("http://127.0.0.1:" + audit.getEnvironment().getRequiredProperty("local.server.port")));
    }

    @AfterAll
    static void stop() {
        auditDoor.close();
        search.close();
        audit.close();
    }

    @Test
    void a_projection_is_as_before_when_it_was_wiped_and_replayed() {
        // given
        String play = listed();
        changeUsers();
        awaitRead();
        List<String> before = rows();
        assertThat(before).anyMatch(row -> row.contains(play)).anyMatch(row -> row.startsWith("user "));
        // when
        searchDatabase
                .sql("update product_copy set name = 'Spoilt', words = ''")
                .update();
        Answer done = rebuilt(Map.of("target", "search-service"));
        // then
        assertThat(done.body().path("sent").asLong(0)).isGreaterThanOrEqualTo(PRODUCTS);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void what_happens_while_it_is_made_again_is_in_it_too() throws InterruptedException {
        // given
        String play = listed();
        awaitRead();
        searchDatabase
                .sql("update product_copy set name = 'Spoilt', words = ''")
                .update();
        // when prices change all the time
        AtomicBoolean goesOn = new AtomicBoolean(true);
        AtomicInteger round = new AtomicInteger();
        Thread load = Thread.ofVirtual().start(() -> {
            while (goesOn.get()) {
                int price = 10_000 + round.incrementAndGet();
                new Topic(Topics.PRODUCTS)
                        .send(IntStream.range(0, CHANGING)
                                .mapToObj(number -> priced(sku(play, number), price))
                                .toArray(CloudEvent[]::new));
                LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
            }
        });
        try {
            await().until(() -> round.get() > 5);
            rebuilt(Map.of("target", "search-service"));
        } finally {
            goesOn.set(false);
            load.join();
        }
        awaitRead();
        // then nothing is lost, doubled or old
        int last = 10_000 + round.get();
        assertThat(searchDatabase
                        .sql("select sku, price_minor from product_copy where name like ? || '%' order by sku")
                        .param("Product of " + play)
                        .query((row, number) -> row.getString("sku") + " " + row.getInt("price_minor"))
                        .list())
                .containsExactlyElementsOf(IntStream.range(0, PRODUCTS)
                        .mapToObj(number -> sku(play, number) + " " + (number < CHANGING ? last : 100 + number))
                        .toList());
    }

    @Test
    void a_replay_can_be_paused_and_goes_on_where_it_stood() {
        // given
        listed();
        awaitRead();
        List<String> before = rows();
        // when
        Answer ordered = order(Map.of("target", "search-service", "speed", 20_000));
        String path = "/replays/" + ordered.as("replayId", UUID.class);
        assertThat(auditDoor.post(path + "/pause", null, Map.of()).status()).isEqualTo(200);
        // then
        assertThat(auditDoor.get(path).body().path("paused").asBoolean(false)).isTrue();
        assertThat(auditDoor.post("/replays", Map.of("target", "search-service"), Map.of()))
                .returns(409, Answer::status);
        // when
        auditDoor.post(path + "/resume", null, Map.of());
        awaitDone(path);
        // then
        assertThat(rows()).isEqualTo(before);
        assertThat(auditDoor
                        .post(path + "/cancel", null, Map.of())
                        .body()
                        .path("detail")
                        .asString(""))
                .endsWith("has ended.");
    }

    @Test
    void a_part_can_be_told_again_to_what_is_there() {
        // given
        String play = listed();
        awaitRead();
        List<String> before = rows();
        searchDatabase
                .sql("update product_copy set name = 'Spoilt' where sku in (?, ?)")
                .params(sku(play, 1), sku(play, 2))
                .update();
        // when
        Answer done = rebuilt(
                Map.of("target", "search-service", "types", List.of("ProductListed"), "keys", List.of(sku(play, 1))));
        // then
        assertThat(done.body().path("sent").asLong(0)).isEqualTo(1);
        assertThat(searchDatabase
                        .sql("select sku from product_copy where name = 'Spoilt'")
                        .query(String.class)
                        .list())
                .containsExactly(sku(play, 2));
        // and
        rebuilt(Map.of("target", "search-service", "keys", List.of(sku(play, 2))));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void what_can_not_be_replayed_is_told_why() {
        listed();
        assertRefused(
                Map.of("target", "shipping-service"),
                422,
                "target: must be a service that can be rebuilt: search-service");
        assertRefused(
                Map.of("target", "search-service", "keys", List.of("nobody")),
                422,
                "types: must leave something to replay: no message fits the request");
        assertRefused(
                Map.of("target", "search-service", "from", "2026-01-02T00:00:00Z", "to", "2026-01-01T00:00:00Z"),
                400,
                "from: must be before to");
        assertRefused(
                Map.of("target", "search-service", "rebuild", true, "keys", List.of("nobody")),
                400,
                "rebuild: must be false if only a part of the messages is told again");
        assertRefused(
                Map.of("target", "search-service", "speed", 0), 400, "speed: must be at least 1 message a second");
        assertThat(auditDoor.get("/replays/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    private static void assertRefused(Map<String, Object> request, int status, String detail) {
        Answer answer = auditDoor.post("/replays", request, Map.of());
        assertThat(answer.body().path("detail").asString("")).isEqualTo(detail);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Answer rebuilt(Map<String, Object> request) {
        return awaitDone("/replays/" + order(request).as("replayId", UUID.class));
    }

    private static Answer order(Map<String, Object> request) {
        Answer answer = auditDoor.post("/replays", request, Map.of());
        assertThat(answer.status()).as(answer.summary()).isEqualTo(202);
        return answer;
    }

    private static Answer awaitDone(String path) {
        return await("the replay to end")
                .atMost(PATIENCE)
                .until(
                        () -> auditDoor.get(path),
                        answer -> answer.body().path("phase").asString("").equals("done"));
    }

    private static List<String> rows() {
        return searchDatabase.sql(ROWS).query(String.class).list();
    }

    /** Lists products that no other test has; returns the word in their names. */
    private static String listed() {
        String play = UUID.randomUUID().toString().substring(0, 8);
        new Topic(Topics.PRODUCTS)
                .send(IntStream.range(0, PRODUCTS)
                        .mapToObj(
                                number -> CloudEvent.of("io.tidings.ProductListed.v1", sku(play, number), """
                                {"sku":"%s","name":"Product of %s","category":"things","price":{"minorUnits":%d,"currency":"USD"}}\
                                """.formatted(
                                                sku(play, number), play, 100 + number)))
                        .toArray(CloudEvent[]::new));
        new Topic(Topics.PRODUCTS).awaitReadBy("audit-service");
        return play;
    }

    private static CloudEvent priced(String sku, int price) {
        return CloudEvent.of("io.tidings.ProductPriceChanged.v1", sku, """
                {"sku":"%s","oldPrice":{"minorUnits":1,"currency":"USD"},"newPrice":{"minorUnits":%d,"currency":"USD"}}\
                """.formatted(sku, price));
    }

    private static void changeUsers() {
        new Topic(Topics.USERS)
                .send(IntStream.range(0, 50)
                        .mapToObj(number -> UUID.randomUUID().toString())
                        .map(user -> CloudEvent.of("io.tidings.UserProfileUpdated.v2", user, """
                                {"userId":"%s","oldProfile":{"givenName":"A","familyName":"B","interests":[]},
                                 "newProfile":{"givenName":"Ada","familyName":"L","interests":["books"]},"revision":1}
                                """.formatted(user)))
                        .toArray(CloudEvent[]::new));
    }

    private static void awaitRead() {
        List.of(Topics.PRODUCTS, Topics.USERS).forEach(topic -> {
            new Topic(topic).awaitReadBy("search-service");
            new Topic(topic).awaitReadBy("audit-service");
        });
    }

    private static String sku(String play, int number) {
        return "sku-%s-%04d".formatted(play, number);
    }

    private static ConfigurableApplicationContext start(String service, Class<?> application) {
        Infrastructure infrastructure = Infrastructure.shared();
        DatabaseAccess database = infrastructure.database(service);
        return new SpringApplicationBuilder(application)
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=" + service,
                        "--server.port=0",
                        "--spring.jmx.enabled=false",
                        "--management.metrics.use-global-registry=false",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + infrastructure.kafkaBootstrapServers());
    }
}
