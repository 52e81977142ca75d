package io.tidings.search.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.product.ProductListed;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.search.RunningService;
import io.tidings.search.Searcher;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@RunningService
class SearchTest {

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    Conversation others;

    @Autowired
    Searcher searcher;

    /** A word that only this test knows. */
    private final String word = "w" + Long.toString(RandomGenerator.getDefault().nextLong(1L << 50), 36);

    @Test
    void a_user_is_found_by_each_name_and_by_an_interest() {
        // given
        UUID user = TimeOrderedId.next();
        others.tell(profile(user, "Ada" + word, "Love" + word, "Books" + word));

        // then
        for (String asked :
                List.of("ada" + word, "LOVE" + word, "books" + word, "love%s ada%s".formatted(word, word))) {
            assertThat(searcher.findOne(asked).path("userId").asString()).isEqualTo(user.toString());
        }
        JsonNode found = searcher.findOne("ada" + word);
        assertThat(found.propertyNames()).containsExactly("kind", "userId", "name", "interests", "highlight", "rank");
        assertThat(found.path("kind").asString()).isEqualTo("user");
        assertThat(found.path("name").asString()).isEqualTo("Ada%s Love%s".formatted(word, word));
        assertThat(found.path("interests").get(0).asString()).isEqualTo("Books" + word);
    }

    @Test
    void a_product_is_found_by_its_name_its_category_and_its_sku() {
        // given
        others.tell(new ProductListed("sku-" + word, "Teapot " + word + "n", "kitchen" + word, PRICE));

        // then
        for (String asked : List.of("teapot " + word, "kitchen" + word, "sku-" + word)) {
            assertThat(searcher.findOne(asked).path("sku").asString()).isEqualTo("sku-" + word);
        }
        JsonNode found = searcher.findOne("kitchen" + word);
        assertThat(found.propertyNames())
                .containsExactly("kind", "sku", "name", "category", "price", "highlight", "rank");
        assertThat(found.path("price").path("minorUnits").asLong()).isEqualTo(1_999);
    }

    @Test
    void only_the_last_word_may_be_the_beginning_of_one() {
        others.tell(profile(TimeOrderedId.next(), "Katherine" + word, "Johnson"));

        assertThat(searcher.find("katherine" + word + " joh")).hasSize(1);
        assertThat(searcher.find("joh katherine" + word)).isEmpty();
        assertThat(searcher.find("katherine" + word + " jon")).isEmpty();
    }

    @Test
    void accents_and_case_make_no_difference() {
        others.tell(profile(TimeOrderedId.next(), "Zoë" + word, "Müller"));

        assertThat(searcher.find("zoe%s MULLER".formatted(word))).hasSize(1);
        assertThat(searcher.find("ZOË%s müll".formatted(word))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"™", "℃", "№", "㎏"})
    void a_sign_that_stands_for_letters_is_found_by_itself_and_by_them(String sign) {
        others.tell(new ProductListed("sku-" + word, "Anvil " + sign, word, PRICE));

        assertThat(searcher.find(word + " " + sign)).hasSize(1);
        assertThat(searcher.find(word + " " + Normalizer.normalize(sign, Normalizer.Form.NFKD)))
                .hasSize(1);
        assertThat(searcher.find(sign)).isNotEmpty();
    }

    @Test
    void a_name_counts_more_than_a_category_and_a_whole_word_more_than_the_beginning_of_one() {
        // given
        others.tell(
                new ProductListed("a-" + word, "Lamp", word, PRICE),
                new ProductListed("b-" + word, word + "ish", "lamps", PRICE),
                new ProductListed("c-" + word, word, "lamps", PRICE));

        // then
        assertThat(searcher.find(word))
                .extracting(found -> found.path("sku").asString().charAt(0))
                .containsExactly('c', 'b', 'a');
        assertThat(searcher.find("lamps " + word))
                .extracting(found -> found.path("sku").asString().charAt(0))
                .containsExactly('c', 'b');
    }

    @Test
    void what_was_asked_for_is_marked_and_what_people_wrote_is_safe_in_a_page() {
        others.tell(
                profile(TimeOrderedId.next(), "<script>alert('x')</script>", "%s & \uE000Sons\uE001".formatted(word)));

        assertThat(searcher.findOne(word + " son").path("highlight").asString())
                .isEqualTo("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; <mark>%s</mark> &amp; <mark>Sons</mark>"
                        .formatted(word));
    }

    @Test
    void one_kind_is_found_or_both() {
        others.tell(
                profile(TimeOrderedId.next(), word, "Smith"), new ProductListed("sku-" + word, word, "anvils", PRICE));

        assertThat(Searcher.resultsOf(searcher.page("?q={q}", word))).hasSize(2);
        assertThat(Searcher.resultsOf(searcher.page("?q={q}&kind=users", word)))
                .extracting(found -> found.path("kind").asString())
                .containsExactly("user");
        assertThat(Searcher.resultsOf(searcher.page("?q={q}&kind=products", word)))
                .extracting(found -> found.path("kind").asString())
                .containsExactly("product");
    }

    @Test
    void page_after_page_everything_is_found_once() {
        // given
        int users = 12;
        others.tell(IntStream.range(0, users)
                .mapToObj(number -> profile(TimeOrderedId.next(), word, "Number " + number))
                .toArray(Event[]::new));
        others.tell(new ProductListed("sku-" + word, word, "numbers", PRICE));

        // when
        List<String> ids = new ArrayList<>();
        List<Double> ranks = new ArrayList<>();
        JsonNode page = searcher.page("?q={q}&limit=5", word);
        while (true) {
            Searcher.resultsOf(page).forEach(found -> {
                ids.add(found.path("userId").asString(found.path("sku").asString("")));
                ranks.add(found.path("rank").asDouble());
            });
            if (page.path("next").isNull()) {
                break;
            }
            assertThat(page.path("results")).hasSize(5);
            page = searcher.page(
                    "?q={q}&limit=5&cursor={cursor}", word, page.path("next").asString());
        }

        // then
        assertThat(ids).hasSize(users + 1).doesNotHaveDuplicates();
        assertThat(ranks).isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ?kind=users            | q: must have a letter or a digit
            ?q=                    | q: must have a letter or a digit
            ?q=%20%26%20%27        | q: must have a letter or a digit
            ?q=%00                 | q: must have a letter or a digit
            ?q=a&kind=orders       | kind: must be users or products
            ?q=a&kind=             | kind: must be users or products
            ?q=a&limit=0           | limit: must be greater than or equal to 1
            ?q=a&limit=101         | limit: must be less than or equal to 100
            ?q=a&limit=many        | limit: must be a whole number
            ?q=a&cursor=           | cursor: must be the 'next' of an earlier page
            ?q=a&cursor=MS4w       | cursor: must be the 'next' of an earlier page
            ?q=a&cursor=%F0        | parameters: must be UTF-8
            """)
    void a_question_that_breaks_a_rule_is_answered_with_the_parameter_and_the_rule(String query, String problem) {
        assertRefused(query, problem);
    }

    @Test
    void a_question_that_is_absurdly_long_is_refused_with_the_length_that_is_allowed() {
        assertRefused("?q=" + "a".repeat(201), "q: size must be between 0 and 200");
        assertThat(searcher.find("a".repeat(200))).isEmpty();
        assertThat(searcher.find("a ".repeat(100))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nobody' | & !x
            a:* <-> b
            'a' \\ 'b
            (((a
            $1 ? :limit
            ab\uD83D\uDE00c
            ™
            tea ℃
            """)
    void whatever_is_asked_is_only_words(String asked) {
        searcher.ask("?q={q}", asked).expectStatus().isOk();
    }

    private void assertRefused(String query, String problem) {
        searcher.askRaw(query)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(problem));
    }

    private static UserProfileUpdated profile(UUID user, String givenName, String familyName, String... interests) {
        return new UserProfileUpdated(
                user, new Profile("Some", "One", List.of()), new Profile(givenName, familyName, List.of(interests)), 1);
    }
}
