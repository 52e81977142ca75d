package io.tidings.scenarios.terminal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was asked on the command line. */
sealed interface Question {

    /** Whether the answer is to be JSON, for programs. */
    boolean json();

    /** How far a flow has come. */
    record Flow(String id, boolean json) implements Question {

        String path() {
            return "/flows/" + encoded(id);
        }
    }

    /** What happens from now on. */
    record Tail(Map<String, String> filter, boolean json) implements Question {

        String path() {
            return "/events/stream" + query(filter);
        }
    }

    /** What was true of something. */
    record State(String type, String id, Map<String, String> when, boolean json) implements Question {

        String path() {
            return "/entities/%s/%s%s".formatted(encoded(type), encoded(id), query(when));
        }
    }

    /** To make a service's projection again from all that was ever told. */
    record Rebuild(String service, boolean json) implements Question {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if nobody can know what is meant; the message is a sentence that says what is
     */
    static Question parse(List<String> arguments) {
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        return switch (command) {
            case "flow" -> {
                Words words = Words.of(arguments, Map.of());
                yield new Flow(words.only("the id of an order or a flow"), words.json());
            }
            case "tail" -> {
                Words words = Words.of(arguments, Map.of("--type", "type", "--key", "key", "--flow", "correlationId"));
                words.none();
                yield new Tail(words.options(), words.json());
            }
            case "state" -> {
                Words words = Words.of(arguments, Map.of("--as-of", "asOf", "--position", "position"));
                yield new State(words.first(), words.second(), words.options(), words.json());
            }
            case "rebuild" -> {
                Words words = Words.of(arguments, Map.of());
                yield new Rebuild(words.only("a service, such as search-service"), words.json());
            }
            default ->
                throw new IllegalArgumentException(
                        "There is no command '%s'; say flow, tail, state or rebuild.".formatted(command));
        };
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The words after a command, options told apart: {@code --name=value} or {@code --name value}. */
    record Words(String command, List<String> plain, Map<String, String> options, boolean json) {

        private static final Set<String> TYPES = Set.of("order", "user", "product", "account");

        static Words of(List<String> arguments, Map<String, String> known) {
            String command = arguments.getFirst();
            List<String> plain = new ArrayList<>();
            Map<String, String> options = new LinkedHashMap<>();
            boolean json = false;
            for (int index = 1; index < arguments.size(); index++) {
                String word = arguments.get(index);
                String name = word.replaceFirst("=.*", "");
                if (word.equals("--json")) {
                    json = true;
                } else if (!word.startsWith("--")) {
                    plain.add(word);
                } else if (!known.containsKey(name)) {
                    throw new IllegalArgumentException(
                            "'%s' means nothing to %s; './tidings help' lists what does.".formatted(word, command));
                } else if (name.length() < word.length()) {
                    options.put(known.get(name), valueOf(name, word.substring(name.length() + 1)));
                } else {
                    index++;
                    options.put(known.get(name), valueOf(name, index < arguments.size() ? arguments.get(index) : null));
                }
            }
            return new Words(command, plain, options, json);
        }

        private static String valueOf(String option, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("%s needs a value.".formatted(option));
            }
            return value;
        }

        void none() {
            if (!plain.isEmpty()) {
                throw new IllegalArgumentException("'%s' means nothing to %s; './tidings help' lists what does."
                        .formatted(plain.getFirst(), command));
            }
        }

        String only(String what) {
            if (plain.size() != 1) {
                throw new IllegalArgumentException("Say ./tidings %s <%s>.".formatted(command, what));
            }
            return plain.getFirst();
        }

        String first() {
            if (plain.size() != 2 || !TYPES.contains(plain.getFirst())) {
                throw new IllegalArgumentException(
                        "Say ./tidings %s order|user|product|account <id>.".formatted(command));
            }
            return plain.getFirst();
        }

        String second() {
            return plain.get(1);
        }
    }
}
