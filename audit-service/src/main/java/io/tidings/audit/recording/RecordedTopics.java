package io.tidings.audit.recording;

import io.tidings.bus.publishing.DeadLetter;
import io.tidings.events.Services;
import io.tidings.events.Topics;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All topics there are: what services tell, and what they could not handle. */
final class RecordedTopics {

    private RecordedTopics() {}

    static Set<String> all() {
        return Stream.concat(
                        Stream.of(Topics.class.getFields()).map(RecordedTopics::nameOf),
                        Services.WITH_DEAD_LETTERS.stream().map(DeadLetter::topicOf))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By reflection, so that no new topic is forgotten. */
    private static String nameOf(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("A public constant can always be read.", impossible);
        }
    }
}
