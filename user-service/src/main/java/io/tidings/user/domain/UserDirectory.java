package io.tidings.user.domain;

import io.tidings.bus.EventBus;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Where users sign up and are found. */
@Service
public class UserDirectory {

    private final Users users;
    private final ErasedUsers erased;
    private final EventBus eventBus;
    private final TransactionTemplate transactions;

    UserDirectory(Users users, ErasedUsers erased, EventBus eventBus, TransactionTemplate transactions) {
        this.users = users;
        this.erased = erased;
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
                User user = users.saveAndFlush(new User(
                        TimeOrderedId.next(),
                        email,
                        givenName,
                        familyName,
                        Instant.now().truncatedTo(ChronoUnit.MICROS)));
                eventBus.publish(new UserCreated(user.id()));
                return user;
            });
        } catch (DataIntegrityViolationException duplicate) {
            throw new EmailTakenException(email, duplicate);
        }
    }

    /**
     * Changes what a user says of themselves, and tells everyone the old and the new profile in full, so that nobody who
     * keeps a copy need ask. Nothing is told if nothing changes.
     *
     * <p>The user's row is locked: that is what puts the revisions, and so the events, in one order.
     *
     * @return the user, or nothing if there is none of that id
     */
    @Transactional
    public Optional<User> updateProfile(UUID userId, Profile profile) {
        Optional<User> user = users.lock(userId);
        user.flatMap(found -> found.update(profile)).ifPresent(eventBus::publish);
        return user;
    }

    /**
     * Forgets a user, and tells everyone who keeps a copy to do the same. It is done under the lock of the user's row, so
     * that nothing is told of them after that; done again, it changes and tells nothing.
     *
     * @return whether there is, or was, such a user
     */
    @Transactional
    public boolean erase(UUID userId) {
        Optional<User> user = users.lock(userId);
        user.ifPresent(found -> {
            users.delete(found);
            erased.add(userId);
            eventBus.publish(new UserErased(userId));
        });
        return user.isPresent() || wasErased(userId);
    }

    /** Whether there was a user of that id who is forgotten. */
    public boolean wasErased(UUID userId) {
        return erased.contain(userId);
    }

    public Optional<User> find(UUID userId) {
        return users.findById(userId);
    }

    /** Those of these users whom there is, in no order. */
    public List<User> find(Collection<UUID> userIds) {
        return users.findAllById(userIds.toArray(UUID[]::new));
    }
}
