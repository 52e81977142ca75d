package io.tidings.recommendation.domain;

import io.tidings.events.user.UserProfileUpdated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Our own copies of users: what they like, from the latest profile that we have heard of, and what they have bought. */
@Repository
class Shoppers {

    /** Later than any profile. */
    private static final long ERASED = Long.MAX_VALUE;

    private final JdbcClient jdbc;

    Shoppers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Locked(UUID userId, long revision) {}

    private record Copy(UUID userId, List<String> interests, long revision) {}

    /**
     * Makes users known and locks them, in the order of their ids: who changes one changes its recommendations too.
     *
     * @return those of them who were erased
     */
    Set<UUID> lock(Collection<UUID> userIds) {
        if (userIds.isEmpty()) {
            return Set.of();
        }
        String ids = arrayOf(userIds);
        jdbc.sql("""
                insert into shopper (user_id)
                select distinct user_id from unnest(:ids::uuid[]) as user_id order by user_id
                on conflict do nothing
                """).param("ids", ids).update();
        return jdbc
                .sql(
                        "select user_id, revision from shopper where user_id = any (:ids::uuid[]) order by user_id for update")
                .param("ids", ids)
                .query((row, number) -> new Locked(row.getObject("user_id", UUID.class), row.getLong("revision")))
                .list()
                .stream()
                .filter(locked -> locked.revision() == ERASED)
                .map(Locked::userId)
                .collect(Collectors.toSet());
    }

    /** Forgets what users like, and takes over nothing that is told of them later: no revision comes after theirs. */
    void erase(Collection<UUID> userIds) {
        jdbc.sql("update shopper set interests = '{}', revision = :erased where user_id = any (:ids::uuid[])")
                .param("erased", ERASED)
                .param("ids", arrayOf(userIds))
                .update();
    }

    /** Takes over what is newer than what is there; returns the users of whom something was. */
    Set<UUID> update(Collection<UserProfileUpdated> updates) {
        if (updates.isEmpty()) {
            return Set.of();
        }
        List<Copy> latest = updates.stream()
                .collect(Collectors.toMap(
                        UserProfileUpdated::userId,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparingLong(UserProfileUpdated::revision))))
                .values()
                .stream()
                .map(update -> new Copy(update.userId(), update.newProfile().interests(), update.revision()))
                .toList();
        return new HashSet<>(jdbc.sql("""
                update shopper set interests = told.interests, revision = told.revision
                from jsonb_to_recordset(:copies::jsonb) as told ("userId" uuid, interests text[], revision bigint)
                where user_id = told."userId" and shopper.revision < told.revision
                returning user_id
                """)
                .param("copies", JsonMapper.shared().writeValueAsString(latest))
                .query(UUID.class)
                .list());
    }

    /** Users as we know them. Who is unknown is a newcomer. */
    Map<UUID, Shopper> find(Collection<UUID> userIds) {
        Map<UUID, Shopper> found = new HashMap<>();
        userIds.forEach(userId -> found.put(userId, Shopper.newcomer()));
        jdbc.sql("""
                select user_id, interests, array(select sku from purchase p where p.user_id = s.user_id) as bought
                from shopper s where user_id = any (:ids::uuid[])
                """).param("ids", arrayOf(userIds)).query(row -> {
            found.put(
                    row.getObject("user_id", UUID.class),
                    new Shopper(textsOf(row, "interests"), textsOf(row, "bought")));
        });
        return found;
    }

    private static Set<String> textsOf(ResultSet row, String column) throws SQLException {
        return new HashSet<>(Arrays.asList((String[]) row.getArray(column).getArray()));
    }

    private static String arrayOf(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
