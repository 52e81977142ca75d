package io.tidings.search.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.search.RunningService;
import io.tidings.search.Searcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies become the same in whatever order and however often they are told what they are made of. */
@RunningService
class CopiesTest {

    @Autowired
    Conversation others;

    @Autowired
    Searcher searcher;

    @Autowired
    JdbcClient jdbc;

    private final UUID user = TimeOrderedId.next();
    private final String word = "w" + Long.toString(RandomGenerator.getDefault().nextLong(1L << 50), 36);
    private final String sku = "sku-" + word;

    @Test
    void a_user_is_found_by_the_new_name_and_no_longer_by_the_old() {
        others.tell(renamed(1, "Old"));
        assertThat(searcher.find("old" + word)).hasSize(1);

        others.tell(renamed(2, "New"));

        assertThat(searcher.find("old" + word)).isEmpty();
        assertThat(nameFound()).isEqualTo("New" + word);
    }

    record OldProfile(String name, List<String> interests) {}

    /** What a publisher tells that was deployed before version 2. */
    @EventType(name = "UserProfileUpdated", version = 1, topic = Topics.USERS)
    record OldUserProfileUpdated(UUID userId, OldProfile oldProfile, OldProfile newProfile, long revision)
            implements Event {

        @Override
        public String key() {
            return userId.toString();
        }
    }

    @Test
    void an_update_of_an_older_version_is_taken_like_any_other() {
        OldProfile before = new OldProfile("Old" + word, List.of());
        OldProfile after = new OldProfile("Ada New" + word, List.of());

        others.tell(new OldUserProfileUpdated(user, before, after, 1));

        assertThat(searcher.find("old" + word)).isEmpty();
        assertThat(searcher.find("new" + word)).hasSize(1);
    }

    @Test
    void what_is_known_already_changes_nothing_when_it_comes_late_and_twice() {
        others.tell(renamed(3, "Third"));

        others.tellTwice(renamed(1, "First"), renamed(2, "Second"));
        others.tell(renamed(3, "Third"));

        assertThat(nameFound()).isEqualTo("Third" + word);
    }

    @Test
    void an_update_may_come_before_the_user_was_created() {
        others.tell(renamed(1, "Early"), new UserCreated(user));

        assertThat(nameFound()).isEqualTo("Early" + word);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void in_whatever_order_and_however_often_updates_come_the_last_revision_stays(long seed) {
        // given
        Random random = new Random(seed);
        List<Event> updates = new ArrayList<>();
        IntStream.rangeClosed(1, 20).forEach(revision -> {
            updates.add(renamed(revision, "Revision" + revision));
            updates.add(renamed(revision, "Revision" + revision));
        });
        Collections.shuffle(updates, random);

        // when: in batches of any size
        while (!updates.isEmpty()) {
            List<Event> batch = updates.subList(0, Math.min(updates.size(), 1 + random.nextInt(15)));
            others.tell(batch.toArray(Event[]::new));
            batch.clear();
        }

        // then
        assertThat(nameFound()).isEqualTo("Revision20" + word);
    }

    @Test
    void who_is_erased_is_not_found_and_nothing_that_is_told_late_brings_them_back() {
        others.tell(renamed(1, "First"), renamed(2, "Second"));
        assertThat(nameFound()).isEqualTo("Second" + word);

        others.tell(renamed(3, "Third"), new UserErased(user), renamed(4, "Fourth"));
        others.tellTwice(renamed(5, "Fifth"), new UserErased(user));
        others.tell(renamed(6, "Sixth"));

        assertThat(searcher.find(word + "z")).isEmpty();
        assertThat(jdbc.sql("select given_name || family_name || words::text from user_copy where user_id = ?")
                        .param(user)
                        .query(String.class)
                        .single())
                .isEmpty();
    }

    @Test
    void who_is_erased_before_anything_was_told_of_them_is_never_found() {
        others.tell(new UserErased(user));

        others.tell(renamed(1, "First"));

        assertThat(searcher.find(word + "z")).isEmpty();
    }

    @Test
    void a_price_change_counts_more_than_the_listing_in_whatever_order_they_come() {
        // given
        ProductListed listed = new ProductListed(sku, "Teapot", "kitchen", dollars(25));
        ProductPriceChanged changed = new ProductPriceChanged(sku, dollars(25), dollars(30));

        // when
        others.tell(changed);

        // then: nobody can find what was never listed
        assertThat(searcher.find(sku)).isEmpty();

        // when
        others.tellTwice(listed);
        others.tell(listed);

        // then
        assertThat(priceFound()).isEqualTo(3_000);
    }

    @Test
    void of_two_price_changes_the_one_that_comes_last_counts_which_is_right_as_long_as_the_bus_keeps_their_order() {
        ProductPriceChanged first = new ProductPriceChanged(sku, dollars(25), dollars(30));
        ProductPriceChanged second = new ProductPriceChanged(sku, dollars(30), dollars(35));
        others.tell(new ProductListed(sku, "Teapot", "kitchen", dollars(25)), first, second);
        assertThat(priceFound()).isEqualTo(3_500);

        // what no revision guards: told again out of order, with an id of its own, it is taken for news
        others.tell(first);
        assertThat(priceFound()).isEqualTo(3_000);
    }

    private String nameFound() {
        String name = searcher.findOne(word + "z").path("name").asString();
        return name.substring(0, name.indexOf(' '));
    }

    private long priceFound() {
        return searcher.findOne(sku).path("price").path("minorUnits").asLong();
    }

    private UserProfileUpdated renamed(long revision, String givenName) {
        return new UserProfileUpdated(
                user,
                new Profile("Some", "One", List.of()),
                new Profile(givenName + word, word + "z", List.of()),
                revision);
    }

    private static Money dollars(long amount) {
        return new Money(amount * 100, "USD");
    }
}
