package io.tidings.search.domain;

import io.tidings.events.Money;
import io.tidings.search.domain.Found.FoundProduct;
import io.tidings.search.domain.Found.FoundUser;
import io.tidings.search.domain.Query.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds users and products by words, in our own copies: nobody is asked. */
@Repository
public class SearchIndex {

    /** Characters that nobody writes, in the place of tags until the name is safe in HTML. */
    private static final String BEGIN_OF_MARK = "\uE000";

    private static final String END_OF_MARK = "\uE001";

    private final JdbcClient jdbc;

    SearchIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What fits, the best first. Names count more than interests, categories and skus, and a whole word more than the
     * beginning of one. Only names are highlighted; an accent that was not asked for is found and not highlighted.
     *
     * @param query one that has words
     */
    public List<Found> find(Query query) {
        Words words = Words.of(query.text());
        Position after = query.after() == null ? new Position(Double.MAX_VALUE, "") : query.after();
        // Highlights are made for what is on the page, and not for all that was found.
        return jdbc.sql("""
                with asked as (
                    select to_tsquery('simple', :prefix) as prefix, to_tsquery('simple', :whole) as whole
                ), found as (
                    select 'USERS' as kind, user_id::text collate "C" as id, given_name || ' ' || family_name as name,
                           interests, null as category, null::bigint as price_minor, null as currency,
                           (ts_rank(words, prefix) + ts_rank(words, whole))::float8 as rank
                    from user_copy, asked
                    where words @@ prefix and :users
                    union all
                    select 'PRODUCTS', sku collate "C", name,
                           null, category, price_minor, currency,
                           (ts_rank(words, prefix) + ts_rank(words, whole))::float8
                    from product_copy, asked
                    where words @@ prefix and :products
                ), page as (
                    select * from found
                    where rank < :afterRank or rank = :afterRank and id > :afterId
                    order by rank desc, id
                    limit :limit
                )
                select page.*, ts_headline('simple', translate(name, :marks, ''), prefix || to_tsquery('simple', :typed),
                                           'HighlightAll=true, StartSel="%s", StopSel="%s"') as highlight
                from page, asked
                order by rank desc, id
                """.formatted(BEGIN_OF_MARK, END_OF_MARK))
                .param("prefix", words.prefixQuery())
                .param("whole", words.query())
                .param("typed", Words.asTyped(query.text()).prefixQuery())
                .param("users", query.kinds().contains(Kind.USERS))
                .param("products", query.kinds().contains(Kind.PRODUCTS))
                .param("marks", BEGIN_OF_MARK + END_OF_MARK)
                .param("afterRank", after.rank())
                .param("afterId", after.id())
                .param("limit", query.limit())
                .query((row, number) -> read(row))
                .list();
    }

    private static Found read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String name = row.getString("name");
        String highlight = htmlOf(row.getString("highlight"));
        double rank = row.getDouble("rank");
        return switch (Kind.valueOf(row.getString("kind"))) {
            case USERS ->
                new FoundUser(
                        id, name, List.of((String[]) row.getArray("interests").getArray()), highlight, rank);
            case PRODUCTS ->
                new FoundProduct(
                        id,
                        name,
                        row.getString("category"),
                        new Money(row.getLong("price_minor"), row.getString("currency")),
                        highlight,
                        rank);
        };
    }

    private static String htmlOf(String marked) {
        return marked.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace(BEGIN_OF_MARK, "<mark>")
                .replace(END_OF_MARK, "</mark>");
    }
}
