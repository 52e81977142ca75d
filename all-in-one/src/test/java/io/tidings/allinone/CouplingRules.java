package io.tidings.allinone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.tidings.events.Command;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Message;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What would tie services to each other's insides, or all of them to somebody's product. */
final class CouplingRules {

    /** Words that say how something is kept, sent or programmed, each with what it gives away. */
    private static final Map<String, String> TECHNICAL_WORDS = technicalWords();

    /** Whose product it is, now: fields that carry their names outlive them. */
    private static final Set<String> PROVIDERS = Stream.of(
                    "stripe paypal adyen braintree klarna worldpay mollie",
                    "sendgrid mailgun mailchimp mailjet postmark twilio sinch gmail outlook",
                    "fedex dhl ups usps dpd hermes shippo easypost",
                    "aws amazon azure gcp google firebase cloudflare s3 sqs sns ses lambda",
                    "kafka rabbit rabbitmq activemq pulsar nats debezium confluent",
                    "postgres postgresql mysql oracle mongo mongodb redis elastic elasticsearch hibernate jpa spring",
                    "okta keycloak salesforce hubspot shopify zendesk")
            .flatMap(line -> Stream.of(line.split(" ")))
            .collect(Collectors.toUnmodifiableSet());

    /** Past tenses that do not end in -ed. */
    private static final Set<String> IRREGULAR = Set.of("Sent", "Paid", "Lost", "Found", "Made", "Held", "Sold", "Put");

    private static final DescribedPredicate<JavaClass> MESSAGES =
            describe("messages", type -> type.isAssignableTo(Message.class) && !type.isInterface());

    private CouplingRules() {}

    /** All that contracts must heed. */
    static List<ArchRule> ofContracts(String ownPackage) {
        return List.of(
                messages_are_named_in_the_language_of_the_shop(),
                events_say_what_happened(),
                commands_ask_for_something(),
                events_are_called_on_the_wire_what_they_are_called_here(),
                payloads_name_no_provider(),
                contracts_are_made_of_the_language_and_themselves(ownPackage));
    }

    private static Map<String, String> technicalWords() {
        Map<String, String> words = new HashMap<>();
        Map.of(
                        "how it is stored",
                        "Row Table Column Record Entity Document Database Cache Inserted Deleted Upserted Persisted Saved",
                        "how it is sent",
                        "Message Payload Packet Queue Topic Json Xml Avro Proto",
                        "how it is programmed",
                        "Dto Vo Pojo Bean Model Object Data Info Impl",
                        "what every event or command is",
                        "Event Command")
                .forEach((reason, list) -> Stream.of(list.split(" ")).forEach(word -> words.put(word, reason)));
        return Map.copyOf(words);
    }

    /** {@code OrderRowInserted} tells what the publisher's database did; whoever listens then depends on its tables. */
    static ArchRule messages_are_named_in_the_language_of_the_shop() {
        return classes()
                .that(MESSAGES)
                .should(have(
                        "no technical word in their name",
                        type -> words(type.getSimpleName())
                                .filter(TECHNICAL_WORDS::containsKey)
                                .map(word -> "'%s' says %s".formatted(word, TECHNICAL_WORDS.get(word)))));
    }

    /** {@code OrderUpdated} says that something is different, and everyone must find out what. */
    static ArchRule events_say_what_happened() {
        return classes()
                .that(MESSAGES)
                .and(assignableTo(Event.class))
                .should(have("a past tense at their end that says what happened", type -> {
                    List<String> words = words(type.getSimpleName()).toList();
                    String last = words.getLast();
                    if (!last.endsWith("ed") && !IRREGULAR.contains(last)) {
                        return Stream.of("'%s' is no past tense".formatted(last));
                    }
                    boolean vague = Set.of("Updated", "Changed", "Modified").contains(last);
                    return vague && words.size() < 3
                            ? Stream.of("'%s' says that something is different, and not what".formatted(last))
                            : Stream.empty();
                }));
    }

    /** A command asks for something; {@code InventoryReserved} would tell that it was done. */
    static ArchRule commands_ask_for_something() {
        return classes()
                .that(MESSAGES)
                .and(assignableTo(Command.class))
                .should(have(
                        "an imperative at their beginning",
                        type -> words(type.getSimpleName())
                                .limit(1)
                                .filter(first -> first.endsWith("ed") || IRREGULAR.contains(first))
                                .map("'%s' is a past tense"::formatted)));
    }

    /** The name on the wire is that of the class, so that these rules are about what others see. */
    static ArchRule events_are_called_on_the_wire_what_they_are_called_here() {
        return classes()
                .that(MESSAGES)
                .and()
                .areAnnotatedWith(EventType.class)
                .should(have(
                        "their own name on the wire",
                        type -> Stream.of(type.getAnnotationOfType(EventType.class)
                                        .name())
                                .filter(name -> !name.equals(type.getSimpleName()))
                                .map("it is called '%s' there"::formatted)));
    }

    /** {@code stripeChargeId} makes all who listen change when the shop takes another provider. */
    static ArchRule payloads_name_no_provider() {
        return classes()
                .that(describe("records and enums", type -> type.isRecord() || type.isEnum()))
                .should(have(
                        "no provider in a field",
                        type -> type.getFields().stream()
                                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC) || type.isEnum())
                                .map(JavaField::getName)
                                .flatMap(field -> words(field)
                                        .map(word -> word.toLowerCase(Locale.ROOT))
                                        .filter(PROVIDERS::contains)
                                        .map(provider -> "field '%s' names %s".formatted(field, provider)))));
    }

    /** What a message carries, everyone must have on their class path. */
    static ArchRule contracts_are_made_of_the_language_and_themselves(String ownPackage) {
        return classes()
                .that()
                .resideInAPackage(ownPackage)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        ownPackage,
                        "io.tidings.events..",
                        "java.lang..",
                        "java.math..",
                        "java.util..",
                        "java.time..",
                        "org.jspecify.annotations.."));
    }

    /** @param services the root packages of all of them */
    static List<ArchRule> services_do_not_depend_on_one_another(Collection<String> services) {
        return services.stream()
                .<ArchRule>map(service -> noClasses()
                        .that()
                        .resideInAPackage(service + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(services.stream()
                                .filter(other -> !other.equals(service))
                                .map(other -> other + "..")
                                .toArray(String[]::new)))
                .toList();
    }

    /** Such as {@code Order}, {@code Row}, {@code Inserted}. */
    private static Stream<String> words(String name) {
        return Stream.of(name.split("(?<=[a-z0-9])(?=[A-Z])|_"));
    }

    @FunctionalInterface
    private interface Objections {

        Stream<String> against(JavaClass type);
    }

    private static ArchCondition<JavaClass> have(String description, Objections objections) {
        return new ArchCondition<>("have " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                objections
                        .against(type)
                        .forEach(objection -> events.add(SimpleConditionEvent.violated(
                                type, "%s: %s".formatted(type.getSimpleName(), objection))));
            }
        };
    }
}
