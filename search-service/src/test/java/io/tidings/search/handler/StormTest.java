package io.tidings.search.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Event;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.Topic;
import io.tidings.search.RunningService;
import io.tidings.search.Searcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Ten thousand updates of one user, and now and then one of someone else. */
@RunningService
class StormTest {

    private static final int EDITS = 10_000;
    private static final int OTHERS = 50;

    @Autowired
    Conversation others;

    @Autowired
    Searcher searcher;

    @Autowired
    MeterRegistry meters;

    private final UUID user = TimeOrderedId.next();
    private final String word = "w" + Long.toString(RandomGenerator.getDefault().nextLong(1L << 50), 36);

    @Test
    void of_a_storm_of_updates_few_are_written_nobody_else_is_lost_and_the_consumer_stays_in_its_group()
            throws Exception {
        // given
        others.tell(renamed(TimeOrderedId.next(), "Before" + word, 1));
        double heard = count("heard");
        double written = count("written");
        int epoch = epochOfTheGroup();

        // when
        List<Event> storm = new ArrayList<>();
        for (int edit = 1; edit <= EDITS; edit++) {
            storm.add(renamed(user, "Edit" + edit + word, edit));
            if (edit % (EDITS / OTHERS) == 0) {
                storm.add(renamed(TimeOrderedId.next(), "Other%d%s".formatted(edit, word), 1));
            }
        }
        others.tell(storm.toArray(Event[]::new));

        // then
        assertThat(searcher.findOne("edit" + EDITS + word).path("userId").asString())
                .isEqualTo(user.toString());
        for (int edit = EDITS / OTHERS; edit <= EDITS; edit += EDITS / OTHERS) {
            assertThat(searcher.find("other%d%s".formatted(edit, word))).hasSize(1);
        }
        assertThat(count("heard") - heard).isEqualTo(EDITS + OTHERS);
        assertThat(count("written") - written).isBetween(OTHERS + 1.0, EDITS / 20.0);
        assertThat(epochOfTheGroup()).isEqualTo(epoch);
        assertThat(new Topic("search-service.dlt").eventsOf(user)).isEmpty();
    }

    private double count(String what) {
        return meters.get("tidings.search.profiles." + what).counter().count();
    }

    /** Counts on when a member joins or leaves, or is thrown out because it does not poll. */
    private static int epochOfTheGroup() throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers()))) {
            return admin.describeConsumerGroups(List.of("search-service"))
                    .describedGroups()
                    .get("search-service")
                    .get()
                    .groupEpoch()
                    .orElseThrow();
        }
    }

    private static UserProfileUpdated renamed(UUID user, String givenName, long revision) {
        return new UserProfileUpdated(
                user, new Profile("Some", "One", List.of()), new Profile(givenName, "One", List.of()), revision);
    }
}
