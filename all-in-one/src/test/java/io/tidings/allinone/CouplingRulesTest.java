package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules refuse what they are there to refuse. What they are there to guard is in {@link ModuleRulesTest}. */
class CouplingRulesTest {

    private static final String BAD = "io.tidings.allinone.coupled";

    private static JavaClasses bad;

    @BeforeAll
    static void read_bad_examples() {
        bad = new ClassFileImporter().importPackages(BAD);
    }

    @Test
    void a_name_that_says_how_something_is_stored_or_programmed_is_refused() {
        assertThat(refusedBy(CouplingRules.messages_are_named_in_the_language_of_the_shop()))
                .containsExactlyInAnyOrder(
                        "OrderRowInserted: 'Row' says how it is stored",
                        "OrderRowInserted: 'Inserted' says how it is stored",
                        "PaymentDtoSaved: 'Dto' says how it is programmed",
                        "PaymentDtoSaved: 'Saved' says how it is stored");
    }

    @Test
    void an_event_that_does_not_say_what_happened_is_refused() {
        assertThat(refusedBy(CouplingRules.events_say_what_happened()))
                .containsExactlyInAnyOrder(
                        "OrderUpdated: 'Updated' says that something is different, and not what",
                        "OrderShipping: 'Shipping' is no past tense");
    }

    @Test
    void a_command_that_tells_what_was_done_is_refused() {
        assertThat(refusedBy(CouplingRules.commands_ask_for_something()))
                .containsExactly("ReservedInventory: 'Reserved' is a past tense");
    }

    @Test
    void an_event_that_is_called_otherwise_on_the_wire_is_refused() {
        assertThat(refusedBy(CouplingRules.events_are_called_on_the_wire_what_they_are_called_here()))
                .containsExactly("OrderPacked: it is called 'order-packed' there");
    }

    @Test
    void a_field_or_a_value_that_names_a_provider_is_refused() {
        assertThat(refusedBy(CouplingRules.payloads_name_no_provider()))
                .containsExactlyInAnyOrder(
                        "OrderCharged: field 'stripeChargeId' names stripe", "Carrier: field 'DHL_EXPRESS' names dhl");
    }

    @Test
    void a_contract_that_needs_a_library_is_refused() {
        assertThat(refusedBy(CouplingRules.contracts_are_made_of_the_language_and_themselves(BAD + ".contracts..")))
                .isNotEmpty()
                .allSatisfy(refusal -> assertThat(refusal).contains("OrderPriced", "tools.jackson.databind.JsonNode"));
    }

    @Test
    void a_service_that_reaches_into_another_is_refused() {
        List<ArchRule> rules =
                CouplingRules.services_do_not_depend_on_one_another(List.of(BAD + ".left", BAD + ".right"));

        assertThat(refusedBy(rules.getFirst()))
                .isNotEmpty()
                .allSatisfy(refusal -> assertThat(refusal).contains("left.Basket", "right.StockTable"));
        assertThat(refusedBy(rules.getLast())).isEmpty();
    }

    private static List<String> refusedBy(ArchRule rule) {
        return rule.evaluate(bad).getFailureReport().getDetails();
    }
}
