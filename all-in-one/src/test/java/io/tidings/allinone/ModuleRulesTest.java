package io.tidings.allinone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.tidings.bus.CommandHandler;
import io.tidings.bus.EventHandler;
import io.tidings.bus.Publishes;
import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Default;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.PersonalData;
import io.tidings.events.Upcasters;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may depend on what, and what things are called, across all modules. */
class ModuleRulesTest {

    private static final Set<String> ROOMS = Set.of("api", "domain", "handler");

    /** The root packages of the services, such as {@code io.tidings.order}. */
    private static final List<String> SERVICES = Stream.concat(
                    Service.BEHIND_THE_GATEWAY.stream(), Stream.of(Service.GATEWAY))
            .map(service -> service.application().getPackageName())
            .toList();

    private static JavaClasses all;

    @BeforeAll
    static void read_all_classes() {
        all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.tidings");
    }

    @Test
    void the_bus_begins_without_a_web_server() {
        noClasses()
                .that()
                .haveFullyQualifiedName("io.tidings.bus.autoconfigure.EventBusAutoConfiguration")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidings.bus.web..")
                .because("an application that is asked nothing by HTTP need not have these classes")
                .check(all);
    }

    @Test
    void no_statement_is_left_open_by_a_stream_of_its_rows() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "rows are streamed",
                        call -> call.getTargetOwner().isAssignableTo(JdbcClient.MappedQuerySpec.class)
                                        && call.getName().equals("stream")
                                || call.getTargetOwner().isAssignableTo(JdbcOperations.class)
                                        && call.getName().equals("queryForStream")))
                .because(
                        "while the statement is open, the driver has PostgreSQL parse and plan the next one of its text"
                                + " anew, and a list is closed by itself")
                .check(all);
    }

    @Test
    void the_classes_of_every_module_are_looked_at() {
        Stream<Class<?>> oneOfEach = Stream.concat(
                Stream.of(Message.class, EventHandler.class, io.tidings.infrastructure.Infrastructure.class),
                Stream.concat(Service.BEHIND_THE_GATEWAY.stream(), Stream.of(Service.GATEWAY))
                        .map(Service::application));

        assertThat(oneOfEach).allSatisfy(one -> assertThat(all.contain(one)).isTrue());
    }

    @Test
    void services_do_not_depend_on_one_another() {
        CouplingRules.services_do_not_depend_on_one_another(SERVICES).forEach(ModuleRulesTest::check);
    }

    @Test
    void contracts_tie_nobody_to_anybodys_insides() {
        JavaClasses contracts = all.that(resideInAPackage("io.tidings.events.."));

        assertThat(contracts).hasSizeGreaterThan(20);
        CouplingRules.ofContracts("io.tidings.events..").forEach(rule -> rule.check(contracts));
    }

    @Test
    void nothing_that_services_stand_on_depends_on_a_service() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.tidings.events..", "io.tidings.bus..", "io.tidings.infrastructure..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SERVICES.stream().map(service -> service + "..").toArray(String[]::new)));
    }

    @Test
    void domains_know_neither_kafka_nor_http() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidings.*.domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.springframework.kafka..",
                        "org.springframework.web..",
                        "org.springframework.http..",
                        "jakarta.servlet..",
                        "io.tidings.bus.web..",
                        "io.tidings.bus.kafka.."));
    }

    @Test
    void domains_know_neither_the_api_nor_the_handlers_of_their_service() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidings.*.domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tidings.*.api..", "io.tidings.*.handler.."));
    }

    @Test
    void contracts_know_neither_spring_nor_kafka() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tidings.events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "io.tidings.bus.."));
    }

    @Test
    void of_the_contracts_the_bus_knows_only_what_a_message_is() {
        DescribedPredicate<JavaClass> aContractOfTheShop = describe(
                "a contract of the shop",
                type -> type.getPackageName().startsWith("io.tidings.events")
                        && Stream.of(
                                        Message.class,
                                        Event.class,
                                        Command.class,
                                        EventType.class,
                                        CommandType.class,
                                        MessageType.class,
                                        PersonalData.class,
                                        Upcasters.class,
                                        Default.class)
                                .noneMatch(type::isEquivalentTo));
        check(noClasses().that().resideInAPackage("io.tidings.bus..").should().dependOnClassesThat(aContractOfTheShop));
    }

    @Test
    void scenarios_know_the_system_only_by_http_and_its_contracts() {
        check(classes()
                .that()
                .resideInAPackage("io.tidings.scenarios..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.tidings.scenarios..",
                        "io.tidings.events..",
                        "java..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify.annotations..")));
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> unmarked = all.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }

    @Test
    void names_say_what_a_class_is() {
        for (String suffix : List.of("Impl", "Util", "Utils", "Helper", "Helpers", "Manager")) {
            // Who implements what a library calls so may call it so too.
            DescribedPredicate<JavaClass> aLibraryWord = describe(
                    "implements a library's " + suffix,
                    type -> Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                            .anyMatch(above -> above.getSimpleName().endsWith(suffix)
                                    && !above.getPackageName().startsWith("io.tidings")));
            check(noClasses().that(not(aLibraryWord)).should().haveSimpleNameEndingWith(suffix));
        }
    }

    @Test
    void a_service_has_the_three_rooms_that_all_have_and_one_of_its_own_at_most() {
        for (Service service : Service.BEHIND_THE_GATEWAY) {
            String root = service.application().getPackageName();
            Set<String> rooms = all.stream()
                    .map(JavaClass::getPackageName)
                    .filter(name -> name.startsWith(root + "."))
                    .map(name -> name.substring(root.length() + 1).replaceFirst("\\..*", ""))
                    .filter(room -> !ROOMS.contains(room))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(rooms).as("Rooms of %s beside %s", service, ROOMS).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void handlers_live_in_the_room_for_handlers() {
        check(methods()
                .that()
                .areAnnotatedWith(EventHandler.class)
                .or()
                .areAnnotatedWith(CommandHandler.class)
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("io.tidings.*.handler.."));
    }

    @Test
    void a_command_that_anyone_sends_has_exactly_one_owner() {
        for (JavaClass command : commands()) {
            boolean sent = command.getConstructors().stream()
                    .flatMap(constructor -> constructor.getCallsOfSelf().stream())
                    .anyMatch(call -> !call.getOriginOwner().equals(command));

            // One that nobody sends yet may wait for its owner; two are always one too many.
            assertThat(ownersOf(command))
                    .as("Owners of %s", command.getSimpleName())
                    .hasSizeBetween(sent ? 1 : 0, 1);
        }
    }

    @Test
    void a_service_states_all_that_it_publishes_and_nothing_else() {
        for (Service service : Service.BEHIND_THE_GATEWAY) {
            String root = service.application().getPackageName();
            Set<String> published = all.stream()
                    .filter(type -> type.getPackageName().startsWith(root))
                    .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                    .map(JavaConstructorCall::getTargetOwner)
                    .filter(type -> type.isAssignableTo(Message.class))
                    .map(JavaClass::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new));
            Publishes stated = service.application().getAnnotation(Publishes.class);

            assertThat(Stream.of(stated == null ? new Class<?>[0] : stated.value())
                            .map(Class::getSimpleName))
                    .as("@Publishes of %s", service)
                    .containsExactlyInAnyOrderElementsOf(published);
        }
    }

    private static List<JavaClass> commands() {
        return all.stream()
                .filter(type -> type.isAssignableTo(Command.class) && !type.isInterface())
                .toList();
    }

    private static List<String> ownersOf(JavaClass command) {
        return all.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(CommandHandler.class))
                .filter(method -> method.getRawParameterTypes().getFirst().equals(command))
                .map(JavaMethod::getFullName)
                .toList();
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(all);
    }
}
