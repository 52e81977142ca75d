package io.tidings.payment.api;

import static io.tidings.payment.AccountClient.amount;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.payment.AccountClient;
import io.tidings.payment.AccountClient.Answer;
import io.tidings.payment.OtherServices;
import io.tidings.payment.RunningService;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@RunningService
class AccountApiTest {

    @Autowired
    AccountClient accounts;

    @Autowired
    OtherServices others;

    @Autowired
    JdbcClient jdbc;

    @Test
    void five_hundred_and_six_hundred_in_and_one_hundred_out_is_one_thousand() {
        UUID user = others.createUser();
        assertThat(accounts.balance(user)).isZero();

        assertThat(accounts.deposit(user, 500_00).balance()).isEqualTo(500_00);
        assertThat(accounts.deposit(user, 600_00).balance()).isEqualTo(1_100_00);
        Answer last = accounts.withdraw(user, 100_00);

        assertThat(last.balance()).isEqualTo(1_000_00);
        assertThat(last.version()).isEqualTo(4);
        Answer now = accounts.get("/accounts/" + user);
        assertThat(now.body()).isEqualTo(last.body());
        assertThat(now.body().propertyNames()).containsExactly("userId", "balance", "version", "asOf");
        assertThat(now.body().path("userId").asString()).isEqualTo(user.toString());
    }

    @Test
    void an_account_is_known_at_every_version() {
        UUID user = userWithThreeDeposits();

        for (int version = 1; version <= 4; version++) {
            Answer then = accounts.get("/accounts/%s?version=%d".formatted(user, version));
            assertThat(then.balance()).isEqualTo((version - 1) * 100);
            assertThat(then.version()).isEqualTo(version);
        }
    }

    @Test
    void an_account_is_known_at_every_moment_since_it_was_opened() {
        UUID user = userWithThreeDeposits();

        for (int version = 1; version <= 4; version++) {
            String since = accounts.get("/accounts/%s?version=%d".formatted(user, version))
                    .asOf();
            Answer then = accounts.get("/accounts/{user}?asOf={moment}", user, since);
            assertThat(then.balance()).isEqualTo((version - 1) * 100);
            assertThat(then.version()).isEqualTo(version);
            assertThat(then.asOf()).isEqualTo(since);

            if (version > 1) {
                Instant justBefore = Instant.parse(since).minusNanos(1_000);
                assertThat(accounts.get("/accounts/{user}?asOf={moment}", user, justBefore)
                                .version())
                        .isEqualTo(version - 1);
            }
        }
        Answer now = accounts.get("/accounts/{user}?asOf={moment}", user, Instant.now());
        assertThat(now.version()).isEqualTo(4);
    }

    @Test
    void there_is_nothing_before_the_account_was_opened() {
        UUID user = others.createUser();
        Instant opened = Instant.parse(accounts.get("/accounts/" + user).asOf());

        for (Object moment : List.of(opened.minusNanos(1_000), "1999-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z")) {
            Answer answer = accounts.get("/accounts/{user}?asOf={moment}", user, moment);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.detail())
                    .isEqualTo("The account of user %s was not open at %s: ask for a later moment."
                            .formatted(user, moment));
        }
    }

    @Test
    void there_is_nothing_after_the_last_version() {
        UUID user = userWithThreeDeposits();

        for (long version : new long[] {5, Long.MAX_VALUE}) {
            Answer answer = accounts.get("/accounts/%s?version=%d".formatted(user, version));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.detail())
                    .isEqualTo("The account of user %s has no version %d: its last one is 4.".formatted(user, version));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                version=0                           | version: must be greater than or equal to 1
                version=-3                          | version: must be greater than or equal to 1
                version=new                         | version: must be a
                version=0x1                         | version: must be a whole number
                version=9223372036854775808         | version: must be a
                asOf=yesterday                      | asOf: must be an instant in UTC, such as 2026-01-31T12:00:00Z
                asOf=2026-13-45T99:00:00Z           | asOf: must be an instant in UTC
                asOf=1767225600                     | asOf: must be an instant in UTC
                asOf=2026                           | asOf: must be an instant in UTC
                asOf=Sat,%2031%20Jan%202026%2012:00:00%20GMT | asOf: must be an instant in UTC
                asOf=9999-01-01T00:00:00Z           | asOf: must not be in the future
                asOf=%2B1000000000-12-31T23:59:59Z  | asOf: must not be in the future
                version=1&asOf=2026-01-01T00:00:00Z | asOf: must not be given together with version
                """)
    void a_state_that_can_not_be_asked_for_is_a_bad_request(String query, String detail) {
        UUID user = others.createUser();

        Answer answer = accounts.get(URI.create("/accounts/" + user + "?" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(detail);
    }

    @Test
    void events_are_listed_page_by_page() {
        UUID user = userWithThreeDeposits();
        accounts.withdraw(user, 50);

        Answer first = accounts.get("/accounts/%s/events?limit=2".formatted(user));
        assertThat(versions(first)).containsExactly(1L, 2L);
        assertThat(first.body().path("next").asLong()).isEqualTo(3);

        Answer second = accounts.get("/accounts/%s/events?fromVersion=3&limit=2".formatted(user));
        assertThat(versions(second)).containsExactly(3L, 4L);
        assertThat(second.body().path("next").asLong()).isEqualTo(5);

        Answer last = accounts.get("/accounts/%s/events?fromVersion=5&limit=2".formatted(user));
        assertThat(versions(last)).containsExactly(5L);
        assertThat(last.body().path("next").isNull()).isTrue();

        Answer all = accounts.get("/accounts/%s/events".formatted(user));
        assertThat(versions(all)).containsExactly(1L, 2L, 3L, 4L, 5L);
        JsonNode withdrawal = all.body().path("events").get(4);
        assertThat(withdrawal.propertyNames()).containsExactly("version", "type", "data", "recordedAt");
        assertThat(withdrawal.path("type").asString()).isEqualTo("MoneyWithdrawn");
        assertThat(withdrawal.path("data").toString())
                .isEqualTo("{\"amount\":{\"minorUnits\":50,\"currency\":\"USD\"},\"orderId\":null}");
        assertThat(withdrawal.path("recordedAt").asString())
                .isEqualTo(accounts.get("/accounts/" + user).asOf());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                fromVersion=0 | fromVersion: must be greater than or equal to 1
                fromVersion=x | fromVersion: must be a
                fromVersion=0x1 | fromVersion: must be a whole number
                limit=0       | limit: must be greater than or equal to 1
                limit=101     | limit: must be less than or equal to 100
                """)
    void a_page_that_can_not_be_had_is_a_bad_request(String query, String detail) {
        Answer answer = accounts.get("/accounts/%s/events?%s".formatted(others.createUser(), query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                0                   | must be greater than or equal to 1
                -500                | must be greater than or equal to 1
                1000000001          | must be less than or equal to 1000000000
                9223372036854775807 | must be less than or equal to 1000000000
                10.5                | has a value of the wrong form
                1e3                 | has a value of the wrong form
                "500"               | has a value of the wrong form
                true                | has a value of the wrong form
                null                | must not be null
                """)
    void an_amount_that_is_too_small_too_large_or_no_whole_number_is_a_bad_request(String minorUnits, String rule) {
        String body = """
                {"amount": {"minorUnits": %s, "currency": "USD"}}""".formatted(minorUnits);

        assertThatNothingMoves(body, "amount.minorUnits: " + rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                "usd"    | must be a currency of ISO 4217
                ""       | must be a currency of ISO 4217
                "DOLLAR" | must be a currency of ISO 4217
                "ABC"    | must be a currency of ISO 4217
                7        | has a value of the wrong form
                """)
    void a_currency_is_one_that_exists(String currency, String rule) {
        String body = """
                {"amount": {"minorUnits": 500, "currency": %s}}""".formatted(currency);

        assertThatNothingMoves(body, "amount.currency: " + rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"amount": {"currency": "USD"}}                              | amount.minorUnits: must not be null
                {"amount": {"minorUnits": 500}}                              | amount.currency: must not be null
                {"amount": null}                                             | amount: must not be null
                {}                                                           | amount: must not be null
                {"amount": 500}                                              | amount: has a value of the wrong form
                {"amount": []}                                               | amount: has a value of the wrong form
                {"amount": {"minorUnits": 5, "currency": "USD", "tip": 1}}   | amount.tip: is not a field
                {"amount": {"minorUnits": 5, "currency": "USD"}, "to": "me"} | to: is not a field
                null                                                         | body: must be a JSON object
                {"amount": {"minorUnits": 500,                               | body: must be JSON
                gold                                                         | body: must be JSON
                """)
    void what_is_no_amount_is_a_bad_request_that_names_field_and_rule(String body, String detail) {
        assertThatNothingMoves(body, detail);
    }

    private void assertThatNothingMoves(String body, String detail) {
        UUID user = others.createUser();
        for (String path : List.of("deposits", "withdrawals")) {
            Answer answer = accounts.post("/accounts/%s/%s".formatted(user, path), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.detail()).startsWith(detail);
        }
        assertThat(accounts.get("/accounts/" + user).version()).isEqualTo(1);
    }

    @Test
    void an_amount_beyond_all_numbers_is_a_bad_request() {
        UUID user = others.createUser();

        Answer answer = accounts.post(
                "/accounts/%s/deposits".formatted(user), amount(1, "USD").replace("1", "9223372036854775808"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(accounts.balance(user)).isZero();
    }

    @Test
    void the_largest_amount_can_be_deposited() {
        assertThat(accounts.deposit(others.createUser(), 1_000_000_000).balance())
                .isEqualTo(1_000_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deposits", "withdrawals"})
    void another_currency_than_the_accounts_can_not_be_processed(String path) {
        UUID user = others.createUser();

        Answer answer = accounts.post("/accounts/%s/%s".formatted(user, path), amount(100, "EUR"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo("amount.currency: must be USD, as this account is");
        assertThat(accounts.balance(user)).isZero();
    }

    @Test
    void more_than_the_balance_can_not_be_withdrawn() {
        UUID user = others.createUser();
        accounts.deposit(user, 10_00);

        Answer answer = accounts.withdraw(user, 25_00);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail())
                .isEqualTo("balance: The balance of 10.00 USD does not cover 25.00 USD:"
                        + " deposit 15.00 USD more, and try again.");
        assertThat(answer.body().at("/violations/0/field").asString()).isEqualTo("balance");
        assertThat(accounts.balance(user)).isEqualTo(10_00);
    }

    @Test
    void an_unknown_user_has_no_account_yet() {
        UUID stranger = UUID.randomUUID();

        for (Answer answer : List.of(
                accounts.deposit(stranger, 100),
                accounts.withdraw(stranger, 100),
                accounts.get("/accounts/" + stranger),
                accounts.get("/accounts/%s?version=1".formatted(stranger)),
                accounts.get("/accounts/%s/events".formatted(stranger)))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.detail()).startsWith("There is no account of user %s.".formatted(stranger));
            assertThat(answer.retryAfter()).isEqualTo("1");
        }
    }

    @Test
    void an_unknown_order_has_no_payment_yet() {
        UUID order = UUID.randomUUID();

        Answer answer = accounts.get("/payments/" + order);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).startsWith("We have not heard of order %s.".formatted(order));
        assertThat(answer.retryAfter()).isEqualTo("1");
    }

    @Test
    void what_is_no_id_is_a_bad_request() {
        assertThat(accounts.get("/accounts/me").detail()).startsWith("userId: must be");
        assertThat(accounts.get("/payments/last").detail()).startsWith("orderId: must be");
    }

    @Test
    void deposits_at_the_same_time_all_count() throws Exception {
        UUID user = others.createUser();

        List<Answer> answers = atOnce(60, () -> accounts.deposit(user, 1));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers).extracting(Answer::version).doesNotHaveDuplicates();
        assertThat(accounts.balance(user)).isEqualTo(60);
        assertThat(accounts.get("/accounts/" + user).version()).isEqualTo(61);
    }

    @Test
    void withdrawals_at_the_same_time_never_take_more_than_there_is() throws Exception {
        UUID user = others.createUser();
        accounts.deposit(user, 25);

        List<Answer> answers = atOnce(40, () -> accounts.withdraw(user, 1));

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(25);
        assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(15);
        assertThat(accounts.balance(user)).isZero();
    }

    @Test
    void an_account_with_many_events_is_known_at_every_version_with_snapshots_and_without() {
        UUID user = others.createUser();
        for (int deposit = 1; deposit <= 120; deposit++) {
            accounts.deposit(user, 1);
        }

        for (boolean withSnapshots : new boolean[] {true, false}) {
            assertThat(jdbc.sql("select count(*) from wallet_snapshot where stream_id = :user")
                            .param("user", user)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(withSnapshots ? 2 : 0);
            for (int version : new int[] {1, 49, 50, 51, 99, 100, 101, 121}) {
                assertThat(accounts.get("/accounts/%s?version=%d".formatted(user, version))
                                .balance())
                        .isEqualTo(version - 1);
            }
            for (String less : List.of("delete from wallet_snapshot", "update wallet_stream set state = null")) {
                jdbc.sql(less + " where stream_id = :user").param("user", user).update();
            }
        }
    }

    private UUID userWithThreeDeposits() {
        UUID user = others.createUser();
        for (int deposit = 1; deposit <= 3; deposit++) {
            accounts.deposit(user, 100);
        }
        return user;
    }

    private static List<Long> versions(Answer page) {
        return page.body()
                .path("events")
                .valueStream()
                .map(event -> event.path("version").asLong())
                .toList();
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(20)) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(Collections.nCopies(times, work))) {
                results.add(result.get());
            }
            return results;
        }
    }
}
