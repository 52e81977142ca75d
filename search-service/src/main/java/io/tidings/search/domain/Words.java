package io.tidings.search.domain;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a text as they are compared: without case, accents and whatever is between them, so that both what is
 * found and what is asked for are cut alike, and nothing of what callers write is an operator of the search.
 */
record Words(List<String> all) {

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    static Words of(String text) {
        return asTyped(ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll(""));
    }

    /**
     * With accents, for what is compared with a text as it was written. There may be none although {@link #of} finds some:
     * ™ is no letter, and stands for two.
     */
    static Words asTyped(String text) {
        return new Words(BETWEEN.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** As PostgreSQL reads text. */
    String text() {
        return String.join(" ", all);
    }

    /** Each of them, as a {@code tsquery}. */
    String query() {
        return all.stream().map(Words::quoted).collect(Collectors.joining(" & "));
    }

    /** Each of them, and the last one may be the beginning of a word; nothing, which finds nothing, if there are none. */
    String prefixQuery() {
        return isEmpty() ? "" : query() + ":*";
    }

    private static String quoted(String word) {
        return "'" + word + "'";
    }
}
