package io.tidings.search.handler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.search.domain.UserCopies;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps our copies of users. */
@Component
class UserHandlers {

    private final UserCopies users;
    private final Counter heard;
    private final Counter written;

    UserHandlers(UserCopies users, MeterRegistry meters) {
        this.users = users;
        this.heard = Counter.builder("tidings.search.profiles.heard")
                .description("Updates of profiles that were heard")
                .register(meters);
        this.written = Counter.builder("tidings.search.profiles.written")
                .description("Rows that were written for them")
                .register(meters);
    }

    /** Writes a batch at once: of a thousand updates of one user only the last matters to who searches. */
    @BeforeBatch
    void copy(List<UserProfileUpdated> updates) {
        int rows = users.update(updates);
        heard.increment(updates.size());
        written.increment(rows);
    }

    /** Says that we listen; {@link #copy} has done what there is to do. */
    @EventHandler
    void on(UserProfileUpdated copied) {}

    @EventHandler
    void on(UserErased erased) {
        users.erase(erased.userId());
    }
}
