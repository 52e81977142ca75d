package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.analytics.AnalyticsServiceApplication;
import io.tidings.audit.AuditServiceApplication;
import io.tidings.bus.Projection;
import io.tidings.bus.message.MessageCodec;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.MessageType;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.Topics;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import io.tidings.recommendation.RecommendationServiceApplication;
import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.search.SearchServiceApplication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Projections are made again by replays, on real Kafka and PostgreSQL. */
class RebuildTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PRODUCTS = 300;
    private static final int CHANGING = 20;
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(20);
    private static final String ROWS = """
            select 'product ' || product_copy::text from product_copy
            union all select 'user ' || user_copy::text from user_copy order by 1
            """;
    private static final Map<String, Class<?>> SERVICES = Map.of(
            "audit-service", AuditServiceApplication.class,
            "search-service", SearchServiceApplication.class,
            "recommendation-service", RecommendationServiceApplication.class,
            "analytics-service", AnalyticsServiceApplication.class);
    private static final Money PRICE = new Money(1_000, "USD");

    private static final Map<String, ConfigurableApplicationContext> services = new ConcurrentHashMap<>();
    private static Door auditDoor;
    private static JdbcClient searchDatabase;

    @BeforeAll
    static void start() {
        // One after the other: PostgreSQL does not like two who change its catalogue at once.
        SERVICES.keySet().forEach(Infrastructure.shared()::database);
        SERVICES.entrySet().parallelStream()
                .forEach(service -> services.put(service.getKey(), start(service.getKey(), service.getValue())));
        searchDatabase = databaseOf("search-service");
        auditDoor = doorOf("audit-service");
        await("all to listen to replays")
                .until(() -> auditDoor
                        .post("/replays", Map.of("target", "nobody"), Map.of())
                        .body()
                        .path("detail")
                        .asString("")
                        .contains("(analytics-service, recommendation-service, search-service)"));
    }

    @AfterAll
    static void stop() {
        auditDoor.close();
        services.values().parallelStream().forEach(ConfigurableApplicationContext::close);
    }

    private static JdbcClient databaseOf(String service) {
        return services.get(service).getBean(JdbcClient.class);
    }

    private static Door doorOf(String service) {
        return Door.gateway(URI.create(
                "http://127.0.0.1:" + services.get(service).getEnvironment().getRequiredProperty("local.server.port")));
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
            Answer ordered = order(Map.of("target", "search-service"));
            await("the rebuild to end")
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                assertThat(countOf(play))
                                        .as("products that are found meanwhile")
                                        .isEqualTo(PRODUCTS);
                                return auditDoor.get(pathOf(ordered));
                            },
                            answer -> phaseOf(answer).equals("done"));
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
    void a_spoilt_projection_is_as_before_when_it_was_made_again_with_a_pause() {
        // given
        String play = listed();
        changeUsers();
        awaitRead();
        List<String> before = rows();
        assertThat(before).anyMatch(row -> row.contains(play)).anyMatch(row -> row.startsWith("user "));
        searchDatabase
                .sql("update product_copy set name = 'Spoilt', words = ''")
                .update();
        searchDatabase.sql("delete from user_copy").update();
        // when
        Answer ordered = order(Map.of("target", "search-service", "speed", PRODUCTS));
        String path = pathOf(ordered);
        assertThat(auditDoor.post(path + "/pause", null, Map.of()).status()).isEqualTo(200);
        // then
        assertThat(auditDoor.get(path).body().path("paused").asBoolean(false)).isTrue();
        assertThat(auditDoor.post("/replays", Map.of("target", "search-service"), Map.of()))
                .returns(409, Answer::status);
        // when
        auditDoor.post(path + "/resume", null, Map.of());
        Answer done = awaitDone(path, longestAt(PRODUCTS).plus(PATIENCE));
        // then
        assertThat(done.body().path("sent").asLong(0)).isGreaterThanOrEqualTo(PRODUCTS);
        assertThat(rows()).isEqualTo(before);
        assertThat(auditDoor
                        .post(path + "/cancel", null, Map.of())
                        .body()
                        .path("detail")
                        .asString(""))
                .endsWith("has ended, or is about to.");
    }

    @Test
    void a_rebuild_that_is_canceled_leaves_all_as_it_was_and_lets_live_messages_in() {
        // given
        String play = listed();
        awaitRead();
        List<String> before = rows();
        long known = inboxOfSearch();
        int speed = 100;
        // when
        long start = System.nanoTime();
        Answer ordered = order(Map.of("target", "search-service", "speed", speed));
        String path = pathOf(ordered);
        await("the middle of the rebuild").atMost(PATIENCE).until(() -> auditDoor.get(path), answer -> {
            long sent = answer.body().path("sent").asLong(0);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(sent).as("sent after %.1f s", seconds).isLessThan((long) (speed * (seconds + 1)));
            return sent >= speed / 2;
        });
        new Topic(Topics.PRODUCTS).send(priced(sku(play, 0), 77));
        await("a second copy that is half made")
                .ignoreException(BadSqlGrammarException.class)
                .until(
                        () -> searchDatabase
                                .sql("select count(*) from public_rebuild.product_copy")
                                .query(Integer.class)
                                .single(),
                        made -> made > 0 && made < rows().size());
        // The target throws its second copy away only when nobody reads it any more.
        new TransactionTemplate(services.get("search-service").getBean(PlatformTransactionManager.class))
                .executeWithoutResult(reader -> {
                    searchDatabase
                            .sql("select count(*) from public_rebuild.product_copy")
                            .query(Integer.class)
                            .single();
                    assertThat(auditDoor.post(path + "/cancel", null, Map.of()).status())
                            .isEqualTo(200);
                    assertThat(auditDoor.post("/replays", Map.of("target", "search-service"), Map.of()))
                            .as("another one before the target has left the canceled one")
                            .returns(409, Answer::status);
                });
        // then
        await("the replay to be canceled")
                .atMost(PATIENCE)
                .until(() -> phaseOf(auditDoor.get(path)), "canceled"::equals);
        awaitRead();
        assertThat(rows())
                .isEqualTo(before.stream()
                        .map(row -> row.contains(sku(play, 0)) ? row.replace(",100,USD,f,", ",77,USD,t,") : row)
                        .toList())
                .isNotEqualTo(before);
        assertThat(inboxOfSearch()).isEqualTo(known + 1);
        assertThat(searchDatabase
                        .sql("select to_regnamespace('public_rebuild') is null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        // and the next one makes the same
        List<String> canceled = rows();
        rebuilt(Map.of("target", "search-service"));
        assertThat(rows()).isEqualTo(canceled);
    }

    @Test
    void figures_and_recommendations_are_made_again_as_they_were_and_no_alert_goes_out_twice() {
        // given
        String play = listed();
        UUID ada = UUID.randomUUID();
        UUID bob = UUID.randomUUID();
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(20).toList();
        List<Event> news = new ArrayList<>(List.of(profile(ada, 1), profile(bob, 1)));
        for (int number = 0; number < orders.size(); number++) {
            UUID order = orders.get(number);
            UUID user = number % 2 == 0 ? ada : bob;
            news.add(placed(order, user, sku(play, number / 2), sku(play, number / 2 + 1)));
            if (number % 5 == 4) {
                news.add(new OrderRejected(order, user, "It was not paid."));
                news.add(new PaymentFailed(order, user, PRICE, "It was not paid.", Fulfilment.CHOREOGRAPHY));
            } else if (number % 5 != 3) {
                news.add(new PaymentProcessed(order, user, PRICE, Fulfilment.CHOREOGRAPHY));
                news.add(new OrderCompleted(order, user));
            }
        }
        tell(news);
        new Topic("order-service.dlt").send(told(new OrderCompleted(orders.getFirst(), ada)));
        awaitReadByAll();
        tell(List.of(new UserErased(bob), profile(ada, 2)));
        awaitReadByAll();
        Door shop = doorOf("recommendation-service");
        JsonNode recommended = shop.get("/recommendations/" + ada).body().path("recommendations");
        assertThat(recommended).isNotEmpty();
        await("the alert about the dead letter")
                .until(() -> !rowsOf("analytics-service", "alert").isEmpty());
        Map<String, List<String>> before = projections();
        List<String> alerts = rowsOf("analytics-service", "alert");
        // when
        databaseOf("analytics-service")
                .sql("update count_bucket set amount = amount + 1")
                .update();
        databaseOf("recommendation-service").sql("delete from item_count").update();
        List<Answer> ordered = Stream.of("analytics-service", "recommendation-service")
                .map(target -> order(Map.of("target", target)))
                .toList();
        ordered.forEach(replay -> awaitDone(pathOf(replay)));
        // then
        assertThat(projections()).isEqualTo(before);
        assertThat(rowsOf("recommendation-service", "recommendations"))
                .as("recommendations that were made in the middle of the replay, when not all was known")
                .isEmpty();
        assertThat(shop.get("/recommendations/" + ada).body().path("recommendations"))
                .isEqualTo(recommended);
        assertThat(rowsOf("analytics-service", "alert")).isEqualTo(alerts);
        shop.close();
    }

    @Test
    void a_part_can_be_told_again_to_what_is_there() {
        // given
        String play = listed();
        awaitRead();
        List<String> before = rows();
        searchDatabase
                .sql("update product_copy set name = 'Spoilt' where sku = ?")
                .param(sku(play, 1))
                .update();
        // when
        Answer done = rebuilt(Map.of("target", "search-service", "keys", List.of(sku(play, 1))));
        // then
        assertThat(done.body().path("sent").asLong(0)).isEqualTo(1);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void what_the_target_does_not_hear_is_not_sent_to_it() {
        // given two messages of one key, one of them about orders
        UUID product = UUID.randomUUID();
        tell(List.of(new OrderCompleted(product, product)));
        new Topic(Topics.PRODUCTS).send(priced(product.toString(), 1));
        new Topic(Topics.ORDERS).awaitReadBy("audit-service");
        awaitRead();
        // when
        Answer done = rebuilt(Map.of("target", "search-service", "keys", List.of(product.toString())));
        // then
        assertThat(done.body().path("sent").asLong(0)).isEqualTo(1);
    }

    @Test
    void of_a_person_who_was_erased_no_more_than_that_is_told_again_and_what_is_made_of_it_is_the_same() {
        // given
        UUID user = UUID.randomUUID();
        tell(List.of(profile(user, 1), new UserErased(user)));
        awaitRead();
        List<String> before = rows();
        // when
        Answer part = rebuilt(Map.of("target", "search-service", "keys", List.of(user.toString())));
        rebuilt(Map.of("target", "search-service"));
        // then
        assertThat(part.body().path("sent").asLong(0)).isEqualTo(1);
        assertThat(rows()).isEqualTo(before).anyMatch(row -> row.contains(user.toString()));
    }

    @Test
    void a_part_is_what_fits_all_that_was_asked_for() {
        // given one message that fits, and for each condition one that does not
        Instant noon = Instant.parse("2001-01-01T12:00:00Z");
        String key = "sku-" + UUID.randomUUID();
        String flow = "flow-" + UUID.randomUUID();
        new Topic(Topics.PRODUCTS)
                .send(
                        with(priced(key, 1), flow, noon),
                        with(priced("other-" + key, 1), flow, noon),
                        with(priced(key, 1), "other-" + flow, noon),
                        with(priced(key, 1), flow, noon.minusMillis(1)),
                        with(priced(key, 1), flow, noon.plusSeconds(1)),
                        with(listing(key, "Product", 1), flow, noon));
        awaitRead();
        // when
        Answer done = rebuilt(Map.of(
                "target",
                "search-service",
                "types",
                List.of("ProductPriceChanged", "UserErased"),
                "keys",
                List.of(key, "nobody"),
                "correlationId",
                flow,
                "from",
                noon,
                "to",
                noon.plusSeconds(1)));
        // then
        assertThat(done.body().path("sent").asLong(0)).isEqualTo(1);
        assertThat(done.body().path("rebuild").asBoolean(true)).isFalse();
    }

    @Test
    void what_can_not_be_replayed_is_told_why() {
        listed();
        String targets =
                "target: must be a service that can be rebuilt (analytics-service, recommendation-service, search-service); ";
        assertRefused(
                Map.of("target", "shipping-service"),
                422,
                targets
                        + "what shipping-service keeps is not made of others' messages alone, so they can't make it again");
        assertRefused(
                Map.of("target", "audit-service"),
                422,
                targets
                        + "what audit-service keeps is not made of others' messages alone, so they can't make it again");
        assertRefused(Map.of("target", "stock-service"), 422, targets + "there is no stock-service");
        assertRefused(Map.of(), 400, "target: must name a service, such as search-service");
        assertRefused(
                Map.of("target", "analytics-service", "types", List.of("OrderPlaced")),
                422,
                "rebuild: must be true, without types, keys, correlationId, from and to: analytics-service counts, and what"
                        + " it was told a second time would count twice");
        assertRefused(
                Map.of("target", "search-service", "keys", List.of("nobody")),
                422,
                "types: must leave something to replay: no message that search-service hears fits the request");
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
        assertThat(auditDoor
                        .post("/replays/%s/cancel".formatted(UUID.randomUUID()), null, Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void who_can_not_hear_twice_is_never_told_single_messages_again() {
        // The door knows by its settings what the services themselves say.
        assertThat(services.entrySet().stream()
                        .filter(service -> service.getValue().getBeansOfType(Projection.class).values().stream()
                                .anyMatch(projection -> !projection.canHearAgain()))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(services.get("audit-service")
                        .getEnvironment()
                        .getRequiredProperty("tidings.replays.only-whole", String[].class));
    }

    private static void assertRefused(Map<String, Object> request, int status, String detail) {
        Answer answer = auditDoor.post("/replays", request, Map.of());
        assertThat(answer.body().path("detail").asString("")).isEqualTo(detail);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Answer rebuilt(Map<String, Object> request) {
        return awaitDone(pathOf(order(request)));
    }

    private static String pathOf(Answer replay) {
        return "/replays/" + replay.as("replayId", UUID.class);
    }

    private static String phaseOf(Answer replay) {
        return replay.body().path("phase").asString("");
    }

    private static Answer order(Map<String, Object> request) {
        Answer answer = auditDoor.post("/replays", request, Map.of());
        assertThat(answer.status()).as(answer.summary()).isEqualTo(202);
        return answer;
    }

    /** What a replay of all that there is takes at a speed: the more, the more other tests have told. */
    private static Duration longestAt(int speed) {
        return Duration.ofSeconds(databaseOf("audit-service")
                        .sql("select count(*) from audit_event")
                        .query(Long.class)
                        .single()
                / speed);
    }

    private static Answer awaitDone(String path) {
        return awaitDone(path, PATIENCE);
    }

    private static Answer awaitDone(String path, Duration patience) {
        return await("the replay to end")
                .atMost(patience)
                .until(() -> auditDoor.get(path), answer -> phaseOf(answer).equals("done"));
    }

    private static List<String> rows() {
        return searchDatabase.sql(ROWS).query(String.class).list();
    }

    private static int countOf(String play) {
        return searchDatabase
                .sql("select count(*) from product_copy where sku like ?")
                .param("sku-" + play + "-%")
                .query(Integer.class)
                .single();
    }

    private static long inboxOfSearch() {
        return searchDatabase
                .sql("select count(*) from inbox")
                .query(Long.class)
                .single();
    }

    /** All rows of what analytics-service and recommendation-service made of messages. */
    private static Map<String, List<String>> projections() {
        Map<String, List<String>> rows = new TreeMap<>();
        Stream.of("analytics-service", "recommendation-service")
                .forEach(service -> services.get(service).getBeansOfType(Projection.class).values().stream()
                        .flatMap(projection -> projection.tables().stream())
                        // It has the time of its calculation; what it says is compared by itself.
                        .filter(table -> !table.equals("recommendations"))
                        .forEach(table -> rows.put(service + " " + table, rowsOf(service, table))));
        return rows;
    }

    private static List<String> rowsOf(String service, String table) {
        return databaseOf(service)
                .sql("select told::text from %s as told order by 1".formatted(table))
                .query(String.class)
                .list();
    }

    /** Lists products that no other test has; returns the word in their names. */
    private static String listed() {
        String play = UUID.randomUUID().toString().substring(0, 8);
        new Topic(Topics.PRODUCTS)
                .send(IntStream.range(0, PRODUCTS)
                        .mapToObj(number -> listing(sku(play, number), "Product of " + play, 100 + number))
                        .toArray(CloudEvent[]::new));
        new Topic(Topics.PRODUCTS).awaitReadBy("audit-service");
        return play;
    }

    private static CloudEvent listing(String sku, String name, int price) {
        return CloudEvent.of("io.tidings.ProductListed.v1", sku, """
                {"sku":"%s","name":"%s","category":"things","price":{"minorUnits":%d,"currency":"USD"}}\
                """.formatted(sku, name, price));
    }

    /** The same, told in a flow and at a time. */
    private static CloudEvent with(CloudEvent event, String flow, Instant time) {
        Map<String, String> headers = new HashMap<>(event.headers());
        headers.put("ce_correlationid", flow);
        headers.put("ce_time", time.toString());
        return new CloudEvent(event.key(), headers, event.data());
    }

    private static void tell(List<Event> events) {
        events.stream()
                .collect(Collectors.groupingBy(
                        event -> MessageType.of(event.getClass()).topic()))
                .forEach((topic, told) -> new Topic(topic)
                        .send(told.stream().map(RebuildTest::told).toArray(CloudEvent[]::new)));
    }

    private static CloudEvent told(Event event) {
        MessageType type = MessageType.of(event.getClass());
        CloudEvent told = CloudEvent.of(
                "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                event.key(),
                new String(new MessageCodec().write(event), StandardCharsets.UTF_8));
        return with(told, "flow-of-" + event.key(), Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private static OrderPlaced placed(UUID order, UUID user, String... skus) {
        return new OrderPlaced(
                order,
                user,
                Stream.of(skus).map(sku -> new OrderLine(sku, 1, PRICE)).toList(),
                PRICE.times(skus.length),
                Fulfilment.CHOREOGRAPHY);
    }

    private static UserProfileUpdated profile(UUID user, long revision) {
        return new UserProfileUpdated(
                user, new Profile("A", "B", List.of()), new Profile("Ada", "Lovelace", List.of("things")), revision);
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

    private static void awaitReadByAll() {
        List.of(Topics.USERS, Topics.ORDERS, Topics.PAYMENTS, "order-service.dlt")
                .forEach(topic -> {
                    new Topic(topic).awaitReadBy("audit-service");
                    new Topic(topic).awaitReadBy("analytics-service");
                });
        List.of(Topics.PRODUCTS, Topics.USERS, Topics.ORDERS)
                .forEach(topic -> new Topic(topic).awaitReadBy("recommendation-service"));
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
                        "--tidings.alerts.check-interval=100ms",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + infrastructure.kafkaBootstrapServers());
    }
}
