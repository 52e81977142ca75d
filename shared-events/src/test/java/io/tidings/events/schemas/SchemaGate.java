package io.tidings.events.schemas;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Upcasters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Holds the records against the committed schemas, and lets through what breaks nobody. */
final class SchemaGate {

    private static final String COMMAND = "./tidings schemas --accept";

    private final SchemaFolder folder;
    private final RecordSchemas generator;

    SchemaGate(SchemaFolder folder, RecordSchemas generator) {
        this.folder = folder;
        this.generator = generator;
    }

    /**
     * What the gate found.
     *
     * @param refused what breaks someone, each with what to do
     * @param pending what may be accepted
     */
    record Verdict(List<String> refused, List<String> pending) {

        Verdict {
            refused = List.copyOf(refused);
            pending = List.copyOf(pending);
        }

        boolean isOpen() {
            return refused.isEmpty() && pending.isEmpty();
        }

        /** All findings, a paragraph each. */
        String report() {
            return Stream.concat(
                            refused.stream(),
                            pending.stream().map(one -> "%s\n  To accept it: %s".formatted(one, COMMAND)))
                    .collect(Collectors.joining("\n\n"));
        }
    }

    /** Compares and changes nothing. */
    Verdict check(List<Class<?>> messageClasses) {
        return pass(messageClasses, false);
    }

    /** Writes what breaks nobody. If anything is refused, nothing is written. */
    Verdict accept(List<Class<?>> messageClasses) {
        Verdict verdict = check(messageClasses);
        if (verdict.refused().isEmpty()) {
            pass(messageClasses, true);
        }
        return verdict;
    }

    private Verdict pass(List<Class<?>> messageClasses, boolean accept) {
        List<String> refused = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        folder.broken()
                .forEach(file -> refused.add(
                        "%s is not what was accepted, and others rely on that: git checkout brings it back. Schemas change only with their records, and samples never."
                                .formatted(file)));
        TreeSet<String> orphans = new TreeSet<>(folder.names());
        for (Class<?> messageClass : messageClasses) {
            MessageType type = MessageType.of(messageClass);
            orphans.remove(type.name());
            new Contract(type, messageClass, refused, pending, accept).check();
        }
        orphans.forEach(name -> refused.add(
                "%s: %s: has schemas and no record any more (%s)\n  Bring the record back: recorded messages need it."
                        .formatted(name, Breaks.BACKWARD, Breaks.BACKWARD.meaning())));
        return new Verdict(refused, pending);
    }

    /** What is to be said of one message. */
    private final class Contract {

        private final MessageType type;
        private final Class<?> messageClass;
        private final List<String> refused;
        private final List<String> pending;
        private final boolean accept;

        Contract(MessageType type, Class<?> messageClass, List<String> refused, List<String> pending, boolean accept) {
            this.type = type;
            this.messageClass = messageClass;
            this.refused = refused;
            this.pending = pending;
            this.accept = accept;
        }

        void check() {
            List<Integer> versions = folder.versions(type.name());
            int newest = versions.isEmpty() ? 0 : versions.getLast();
            if (type.version() < newest) {
                refuse(
                        "%s: it was version %d already (%s)"
                                .formatted(Breaks.BACKWARD, newest, Breaks.BACKWARD.meaning()),
                        "Raise the version to %d.".formatted(newest));
                return;
            }
            if (newest > 0 && type.version() > newest + 1) {
                refuse(
                        "versions count one by one, and the newest so far is %d".formatted(newest),
                        "Make it version %d.".formatted(newest + 1));
                return;
            }
            JsonNode schema = generator.of(messageClass, key());
            if (type.version() > newest) {
                offer("is new", schema);
            } else {
                compare(folder.schema(type.name(), newest).orElseThrow(), schema);
            }
            versions.stream()
                    .flatMap(version -> Stream.concat(
                            Stream.of(SchemaFolder.schemaFile(type.name(), version)),
                            folder.earlierFiles(type.name(), version).stream()))
                    .filter(file -> !folder.isSealed(file))
                    .forEach(file -> refuse(
                            "%s was never accepted".formatted(file), "Remove it, and run %s.".formatted(COMMAND)));
            checkUpcasters(versions);
            Stream.concat(versions.stream(), Stream.of(type.version()))
                    .distinct()
                    .forEach(version -> checkSample(version, schema));
        }

        /** The sample shows it. */
        private Optional<String> key() {
            return folder.sample(type.name(), type.version())
                    .flatMap(sample -> Keys.componentOf(messageClass.asSubclass(Message.class), sample));
        }

        /** With what is accepted, and with all that was: compatible steps may add up to what breaks someone. */
        private void compare(JsonNode committed, JsonNode schema) {
            List<Change> changes = Comparison.of(committed, schema);
            List<Change> breaking = Stream.concat(
                            folder.earlier(type.name(), type.version()).stream(), Stream.of(committed))
                    .flatMap(accepted -> Comparison.of(accepted, schema).stream())
                    .filter(change -> change.breaks() != Breaks.NONE)
                    .distinct()
                    .toList();
            if (!breaking.isEmpty()) {
                refuse(listed(breaking), """
                        Undo it or make it compatible (what is added must be @Nullable or have a @Default), or make version %d: \
                        raise the version, write an Upcaster from version %d and name it in the annotation, add %s, \
                        run %s, and deploy consumers before producers.""".formatted(
                                type.version() + 1,
                                type.version(),
                                SchemaFolder.sampleFile(type.name(), type.version() + 1),
                                COMMAND));
            } else if (!changes.isEmpty()) {
                if (accept) {
                    folder.keep(type.name(), type.version());
                }
                offer(listed(changes), schema);
            } else if (!committed.equals(schema)) {
                offer("says the same in other words", schema);
            }
        }

        private static String listed(List<Change> changes) {
            return changes.stream().map(Change::toString).collect(Collectors.joining("\n  "));
        }

        private void offer(String what, JsonNode schema) {
            if (accept) {
                folder.accept(type.name(), type.version(), schema);
            }
            pending.add("%s v%d: %s".formatted(type.name(), type.version(), what));
        }

        private void checkUpcasters(List<Integer> versions) {
            try {
                int oldest = Upcasters.of(messageClass).oldest();
                versions.stream()
                        .filter(version -> version < oldest)
                        .forEach(version -> refuse(
                                "%s: nothing lifts version %d (%s)"
                                        .formatted(Breaks.BACKWARD, version, Breaks.BACKWARD.meaning()),
                                "Write an Upcaster from version %d and name it in the annotation.".formatted(version)));
            } catch (IllegalArgumentException brokenChain) {
                refuse(String.valueOf(brokenChain.getMessage()), "Mend the chain.");
            }
        }

        private void checkSample(int version, JsonNode newest) {
            String file = SchemaFolder.sampleFile(type.name(), version);
            Optional<JsonNode> sample = folder.sample(type.name(), version);
            JsonNode schema = version == type.version()
                    ? newest
                    : folder.schema(type.name(), version).orElseThrow();
            if (sample.isEmpty()) {
                refuse(
                        "has no sample of version %d".formatted(version),
                        "Write %s: one message as it looks on the wire. It is kept for ever.".formatted(file));
                return;
            }
            List<String> errors = errorsOf(schema, sample.get());
            if (!errors.isEmpty()) {
                refuse(
                        "%s does not fit its schema: %s".formatted(file, String.join("; ", errors)),
                        "Correct the newer of them.");
            } else if (!folder.isSealed(file)) {
                if (accept) {
                    folder.seal(file);
                }
                pending.add("%s v%d: its sample is new".formatted(type.name(), version));
            }
        }

        private void refuse(String what, String toDo) {
            refused.add("%s v%d: %s\n  %s".formatted(type.name(), type.version(), what, toDo));
        }
    }

    /** What a JSON Schema validator says against a message; nothing if it is valid. */
    static List<String> errorsOf(JsonNode schema, JsonNode message) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(message, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
