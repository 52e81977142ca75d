package io.tidings.email.sending;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who they are to whom mails go that were taken together. The first worker that needs one asks user-service for all of them
 * with one request, and the others wait for that answer.
 */
final class Addressees {

    private final UserService users;
    private final List<UUID> together;
    private final boolean isShared;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Map<UUID, Addressee> found;
    private @Nullable RuntimeException away;

    /** @param emails may be to the operators, too, for whom nobody is asked */
    Addressees(UserService users, Collection<DueEmail> emails) {
        this.users = users;
        List<UUID> userIds =
                emails.stream().map(DueEmail::userId).filter(Objects::nonNull).toList();
        this.isShared = userIds.size() > 1;
        this.together =
                userIds.stream().distinct().limit(UserService.MOST_AT_ONCE).toList();
    }

    /**
     * Asks for one user alone if the request for all did not name it, so that user-service says why; and if that request
     * failed, since it may have failed because of another. Only if user-service can't be reached, nobody asks again.
     *
     * @throws RuntimeException if user-service does not say who it is; what it means is told by {@link Diagnosis}
     */
    Addressee find(UUID userId) {
        Addressee addressee = isShared ? findTogether().get(userId) : null;
        return addressee == null ? users.find(userId) : addressee;
    }

    private Map<UUID, Addressee> findTogether() {
        turn.lock();
        try {
            if (away != null) {
                throw away;
            }
            Map<UUID, Addressee> answer = found == null ? ask() : found;
            found = answer;
            return answer;
        } finally {
            turn.unlock();
        }
    }

    private Map<UUID, Addressee> ask() {
        try {
            return users.find(together).users().stream()
                    .collect(Collectors.toMap(Addressee::userId, Function.identity()));
        } catch (RuntimeException failure) {
            if (Diagnosis.isAway(failure)) {
                away = failure;
                throw failure;
            }
            return Map.of();
        }
    }
}
