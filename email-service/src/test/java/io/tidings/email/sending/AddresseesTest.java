package io.tidings.email.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.email.domain.Cause;
import io.tidings.email.domain.EmailKind;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientResponseException;

class AddresseesTest {

    private static final UUID ADA = UUID.randomUUID();
    private static final UUID GRACE = UUID.randomUUID();
    private static final UUID NOBODY = UUID.randomUUID();

    private final Users users = new Users();

    @Test
    void all_users_of_mails_taken_together_are_asked_for_with_one_request() throws Exception {
        Addressees addressees = new Addressees(users, emailsTo(ADA, GRACE, ADA, null));

        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Addressee>> calls =
                    List.of(() -> addressees.find(ADA), () -> addressees.find(GRACE), () -> addressees.find(ADA));
            List<@Nullable UUID> found = new ArrayList<>();
            for (Future<Addressee> call : workers.invokeAll(calls)) {
                found.add(call.get().userId());
            }
            assertThat(found).containsExactly(ADA, GRACE, ADA);
        }

        assertThat(users.requests).containsExactly(List.of(ADA, GRACE));
    }

    @Test
    void several_mails_to_one_user_ask_once() {
        Addressees addressees = new Addressees(users, emailsTo(ADA, ADA));

        assertThat(addressees.find(ADA).userId()).isEqualTo(ADA);
        assertThat(addressees.find(ADA).userId()).isEqualTo(ADA);

        assertThat(users.requests).containsExactly(List.of(ADA));
    }

    @Test
    void nobody_is_asked_for_before_a_mail_needs_it() {
        new Addressees(users, emailsTo(ADA, GRACE));

        assertThat(users.requests).isEmpty();
    }

    @Test
    void the_user_of_one_mail_is_asked_for_alone() {
        Addressees addressees = new Addressees(users, emailsTo(ADA, null));

        assertThat(addressees.find(ADA).userId()).isEqualTo(ADA);

        assertThat(users.requests).containsExactly(ADA);
    }

    @Test
    void who_is_not_in_the_answer_is_asked_for_alone_so_that_user_service_says_why() {
        Addressees addressees = new Addressees(users, emailsTo(ADA, NOBODY, GRACE));

        assertThatThrownBy(() -> addressees.find(NOBODY)).isSameAs(users.unknown);
        assertThat(addressees.find(ADA).userId()).isEqualTo(ADA);

        assertThat(users.requests).containsExactly(List.of(ADA, NOBODY, GRACE), NOBODY);
    }

    @Test
    void each_is_asked_for_alone_when_the_request_for_all_fails_since_one_may_be_the_cause() {
        users.together = found -> {
            throw failure(500);
        };
        Addressees addressees = new Addressees(users, emailsTo(ADA, GRACE));

        assertThat(addressees.find(ADA).userId()).isEqualTo(ADA);
        assertThat(addressees.find(GRACE).userId()).isEqualTo(GRACE);

        assertThat(users.requests).containsExactly(List.of(ADA, GRACE), ADA, GRACE);
    }

    @Test
    void nobody_asks_again_when_user_service_can_not_answer_anyone() {
        RestClientResponseException away = failure(503);
        users.together = found -> {
            throw away;
        };
        Addressees addressees = new Addressees(users, emailsTo(ADA, GRACE));

        assertThatThrownBy(() -> addressees.find(ADA)).isSameAs(away);
        assertThatThrownBy(() -> addressees.find(GRACE)).isSameAs(away);

        assertThat(users.requests).containsExactly(List.of(ADA, GRACE));
    }

    @Test
    void those_beyond_what_user_service_takes_at_once_are_asked_for_alone() {
        UUID[] many = Stream.generate(UUID::randomUUID)
                .limit(UserService.MOST_AT_ONCE + 1)
                .toArray(UUID[]::new);
        UUID last = many[UserService.MOST_AT_ONCE];
        Addressees addressees = new Addressees(users, emailsTo(many));

        assertThat(addressees.find(many[0]).userId()).isEqualTo(many[0]);
        assertThat(addressees.find(last).userId()).isEqualTo(last);

        assertThat(users.requests).containsExactly(List.of(many).subList(0, UserService.MOST_AT_ONCE), last);
    }

    private static List<DueEmail> emailsTo(@Nullable UUID... userIds) {
        return Stream.of(userIds)
                .map(userId -> new DueEmail(
                        UUID.randomUUID(),
                        userId,
                        EmailKind.WELCOME,
                        UUID.randomUUID(),
                        "",
                        "Welcome",
                        new Cause(UUID.randomUUID(), "flow", ""),
                        1,
                        OffsetDateTime.MAX))
                .toList();
    }

    private static RestClientResponseException failure(int status) {
        return new RestClientResponseException(
                "status %d".formatted(status), status, "", new HttpHeaders(), new byte[0], StandardCharsets.UTF_8);
    }

    /** Knows everyone but one, and notes what it is asked. */
    private static final class Users implements UserService {

        private final List<Object> requests = new CopyOnWriteArrayList<>();
        private final RestClientResponseException unknown = failure(404);
        private UnaryOperator<Found> together = found -> found;

        @Override
        public Addressee find(UUID userId) {
            requests.add(userId);
            if (userId.equals(NOBODY)) {
                throw unknown;
            }
            return addressee(userId);
        }

        @Override
        public Found find(Collection<UUID> userIds) {
            requests.add(List.copyOf(userIds));
            return together.apply(new Found(userIds.stream()
                    .filter(userId -> !userId.equals(NOBODY))
                    .map(Users::addressee)
                    .toList()));
        }

        private static Addressee addressee(UUID userId) {
            return new Addressee(userId, "%s@example.org".formatted(userId), "Someone");
        }
    }
}
