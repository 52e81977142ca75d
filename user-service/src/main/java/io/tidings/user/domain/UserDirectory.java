package io.tidings.user.domain;

import io.tidings.bus.EventBus;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.user.UserCreated;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Where users sign up and are found. */
@Service
public class UserDirectory {

    private final Users users;
    private final EventBus eventBus;
    private final TransactionTemplate transactions;

    UserDirectory(Users users, EventBus eventBus, TransactionTemplate transactions) {
        this.users = users;
        this.eventBus = eventBus;
        this.transactions = transactions;
    }

    /**
     * Adds a user, and tells everyone: only who it is, since whoever wants to know more can ask.
     *
     * @throws EmailTakenException if someone else has signed up with that address
     */
    public User signUp(String email, String givenName, String familyName) {
        try {
            return transactions.execute(transaction -> {
                User user =
                        users.saveAndFlush(new User(TimeOrderedId.next(), email, givenName, familyName, Instant.now()));
                eventBus.publish(new UserCreated(user.id()));
                return user;
            });
        } catch (DataIntegrityViolationException duplicate) {
            throw new EmailTakenException(email, duplicate);
        }
    }

    public Optional<User> find(UUID userId) {
        return users.findById(userId);
    }
}
