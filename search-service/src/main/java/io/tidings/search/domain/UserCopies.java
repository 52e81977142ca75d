package io.tidings.search.domain;

import io.tidings.events.user.Profile;
import io.tidings.events.user.UserProfileUpdated;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own copies of users, made from what user-service told. Each has the revision of the profile that it copies: what
 * comes late, twice or in another order changes nothing. The copy of who was erased is empty and has the last revision
 * that there can be, so that nothing brings it back.
 */
@Repository
public class UserCopies {

    /** Later than any profile. */
    private static final long ERASED = Long.MAX_VALUE;

    private final JdbcClient jdbc;

    UserCopies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Copy(
            UUID userId,
            String givenName,
            String familyName,
            List<String> interests,
            long revision,
            String nameWords,
            String interestWords) {

        static Copy of(UserProfileUpdated update) {
            Profile profile = update.newProfile();
            return new Copy(
                    update.userId(),
                    profile.givenName(),
                    profile.familyName(),
                    profile.interests(),
                    update.revision(),
                    Words.of(profile.givenName() + " " + profile.familyName()).text(),
                    Words.of(String.join(" ", profile.interests())).text());
        }
    }

    /**
     * Takes over what is newer than what is there, in one statement. Of many updates of one user only the last is
     * written; users are written in the order of their ids, so that two batches never wait for each other.
     *
     * @return how many rows were written
     */
    public int update(Collection<UserProfileUpdated> updates) {
        List<Copy> latest = updates.stream()
                .collect(Collectors.toMap(
                        UserProfileUpdated::userId,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparingLong(UserProfileUpdated::revision))))
                .values()
                .stream()
                .map(Copy::of)
                .toList();
        return jdbc.sql("""
                insert into user_copy (user_id, given_name, family_name, interests, revision, words)
                select "userId", "givenName", "familyName", interests, revision,
                       setweight(to_tsvector('simple', "nameWords"), 'A')
                           || setweight(to_tsvector('simple', "interestWords"), 'B')
                from jsonb_to_recordset(:copies::jsonb)
                     as told ("userId" uuid, "givenName" text, "familyName" text, interests text[], revision bigint,
                              "nameWords" text, "interestWords" text)
                order by "userId"
                on conflict (user_id) do update
                set given_name = excluded.given_name, family_name = excluded.family_name,
                    interests = excluded.interests, revision = excluded.revision, words = excluded.words
                where user_copy.revision < excluded.revision
                """)
                .param("copies", JsonMapper.shared().writeValueAsString(latest))
                .update();
    }

    /** Forgets a user, whom nobody finds from now on, whatever is told of them later. */
    public void erase(UUID userId) {
        jdbc.sql("""
                insert into user_copy (user_id, given_name, family_name, interests, revision, words)
                values (:user, '', '', '{}', :erased, '')
                on conflict (user_id) do update
                set given_name = '', family_name = '', interests = '{}', revision = :erased, words = ''
                """).param("user", userId).param("erased", ERASED).update();
    }
}
