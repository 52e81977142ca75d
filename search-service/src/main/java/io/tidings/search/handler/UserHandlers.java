package io.tidings.search.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.search.domain.UserCopies;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps our copies of users. */
@Component
class UserHandlers {

    private final UserCopies users;

    UserHandlers(UserCopies users) {
        this.users = users;
    }

    /** Writes a batch at once: of a thousand updates of one user only the last matters to who searches. */
    @BeforeBatch
    void copy(List<UserProfileUpdated> updates) {
        users.update(updates);
    }

    /** Says that we listen; {@link #copy} has done what there is to do. */
    @EventHandler
    void on(UserProfileUpdated copied) {}
}
