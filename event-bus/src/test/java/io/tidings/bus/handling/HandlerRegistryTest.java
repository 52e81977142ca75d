package io.tidings.bus.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.CommandHandler;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventSelector;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.message.ReplayedMessage.Manner;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Event;
import io.tidings.events.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;

/** What is wrong with a handler stops the start, with a sentence that says what. */
class HandlerRegistryTest {

    @CommandType(name = "BurnNotebook", version = 1, topic = "note.commands")
    record BurnNotebook(String key) implements Command {}

    record Untyped(String key) implements Event {}

    static class Listener {

        @EventHandler
        void on(NoteTaken note) {}
    }

    static class Mailer {

        @EventHandler(replayed = false)
        void on(NoteTaken note) {}
    }

    interface Listening {

        @EventHandler
        void on(NoteTaken note);
    }

    static class ListenerByItsInterface implements Listening {

        @Override
        public void on(NoteTaken note) {}
    }

    static class ListenerBehindAProxy {

        @Bean
        Listening listening() {
            return (Listening) new ProxyFactory(new ListenerByItsInterface()).getProxy();
        }
    }

    interface Mailing {

        void on(NoteTaken note);
    }

    static class MailerByAnInterface implements Mailing {

        @Override
        @EventHandler(replayed = false)
        public void on(NoteTaken note) {}
    }

    static class MailerBehindAProxy {

        @Bean
        Mailing mailing() {
            return (Mailing) new ProxyFactory(new MailerByAnInterface()).getProxy();
        }
    }

    static class ListenerThatItsProxyHides {

        @Bean
        Runnable listening() {
            return (Runnable) new ProxyFactory(new RunningListener()).getProxy();
        }
    }

    static class RunningListener implements Runnable {

        @Override
        public void run() {}

        @EventHandler
        public void on(NoteTaken note) {}
    }

    static class Selective {

        @EventSelector
        boolean isLong(NoteTaken note) {
            return note.text().length() > 100;
        }

        @EventHandler
        void on(NoteTaken note) {}
    }

    static class SelectsTwice {

        @EventSelector
        boolean one(NoteTaken note) {
            return true;
        }

        @EventSelector
        boolean other(NoteTaken note) {
            return true;
        }
    }

    static class SelectsCommands {

        @EventSelector
        boolean isWanted(BurnNotebook command) {
            return true;
        }
    }

    static class SelectsForNothing {

        @EventSelector
        boolean isWanted(Untyped event) {
            return true;
        }

        @EventHandler
        void on(NoteTaken note) {}
    }

    static class SelectsWithoutAnAnswer {

        @EventSelector
        void isWanted(NoteTaken note) {}
    }

    static class Owner {

        @CommandHandler
        void on(BurnNotebook command) {}
    }

    static class OtherOwner {

        @CommandHandler
        void on(BurnNotebook command) {}
    }

    static class ListenerToUntyped {

        @EventHandler
        void on(Untyped event) {}
    }

    static class ListenerToNothing {

        @EventHandler
        void on(String text) {}
    }

    static class PreparesTwice {

        @BeforeBatch
        void one(List<NoteTaken> notes) {}

        @BeforeBatch
        void other(List<NoteTaken> notes) {}
    }

    static class PreparesForNothing {

        @BeforeBatch
        void prepare(NoteTaken note) {}
    }

    /** Its hash code falls from one to the next, against the order of definition. */
    abstract static class Preparing {

        static final List<Class<?>> PREPARED = new ArrayList<>();

        private final int hashCode;

        Preparing(int hashCode) {
            this.hashCode = hashCode;
        }

        @BeforeBatch
        void prepare(List<NoteTaken> notes) {
            PREPARED.add(getClass());
        }

        @EventHandler
        void on(NoteTaken note) {}

        @Override
        public int hashCode() {
            return hashCode;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    static class PreparesFirst extends Preparing {

        PreparesFirst() {
            super(3);
        }
    }

    static class PreparesSecond extends Preparing {

        PreparesSecond() {
            super(2);
        }
    }

    static class PreparesThird extends Preparing {

        PreparesThird() {
            super(1);
        }
    }

    @Test
    void preparations_come_in_the_order_in_which_their_beans_are_defined() {
        HandlerRegistry registry = registryOf(PreparesFirst.class, PreparesSecond.class, PreparesThird.class);
        Deliveries deliveries = new Deliveries(registry, new MessageCodec());
        registry.prepare(List.of(deliveries.of(noteTaken()).orElseThrow()));
        assertThat(Preparing.PREPARED).containsExactly(PreparesFirst.class, PreparesSecond.class, PreparesThird.class);
    }

    @Test
    void handlers_are_found_with_the_types_that_they_handle() {
        assertThat(registryOf(Listener.class, Owner.class).handledTypes())
                .containsExactlyInAnyOrder(
                        new MessageType("NoteTaken", 1, "notes"), new MessageType("BurnNotebook", 1, "note.commands"));
    }

    @Test
    void a_handler_that_does_something_outside_is_not_called_for_what_is_told_again() {
        // given
        Deliveries deliveries = new Deliveries(registryOf(Listener.class, Mailer.class), new MessageCodec());
        Envelope message = noteTaken();
        UUID replay = UUID.randomUUID();
        // when
        Envelope again =
                ReplayedMessage.unwrap(ReplayedMessage.wrap(replay, "note-service", message, new Manner(false, false)));
        Envelope withEffects =
                ReplayedMessage.unwrap(ReplayedMessage.wrap(replay, "note-service", message, new Manner(false, true)));
        // then
        assertThat(deliveries.of(message).orElseThrow().handlers()).hasSize(2);
        assertThat(deliveries.of(again).orElseThrow().handlers())
                .singleElement()
                .satisfies(handler -> assertThat(handler.bean()).isInstanceOf(Listener.class));
        assertThat(deliveries.of(withEffects).orElseThrow().handlers())
                .as("unless it was asked for")
                .hasSize(2);
        assertThat(again)
                .returns(message.id(), Envelope::id)
                .returns("notes", Envelope::topic)
                .returns("a-key", Envelope::key)
                .returns(Instant.EPOCH, Envelope::time);
    }

    @Test
    void nor_is_one_behind_a_proxy_of_its_interface() {
        Deliveries deliveries = new Deliveries(registryOf(MailerBehindAProxy.class), new MessageCodec());
        Envelope message = noteTaken();
        Envelope again = ReplayedMessage.unwrap(
                ReplayedMessage.wrap(UUID.randomUUID(), "note-service", message, new Manner(false, false)));

        assertThat(deliveries.of(message)).isPresent();
        assertThat(deliveries.of(again)).isEmpty();
    }

    @Test
    void what_is_for_spared_handlers_reaches_no_other() {
        Deliveries deliveries = new Deliveries(registryOf(Listener.class, Mailer.class), new MessageCodec());
        Deliveries withoutSpared = new Deliveries(registryOf(Listener.class), new MessageCodec());
        Envelope message = noteTaken();

        assertThat(deliveries
                        .of(ReplayedMessage.toSpared(message))
                        .orElseThrow()
                        .handlers())
                .singleElement()
                .satisfies(handler -> assertThat(handler.bean()).isInstanceOf(Mailer.class));
        assertThat(deliveries.someAreSpared(message)).isTrue();
        assertThat(withoutSpared.of(ReplayedMessage.toSpared(message))).isEmpty();
        assertThat(withoutSpared.someAreSpared(message)).isFalse();
    }

    @Test
    void a_selector_speaks_for_the_handlers_of_its_class_alone() {
        Deliveries ofSelective = new Deliveries(registryOf(Selective.class), new MessageCodec());
        Deliveries ofBoth = new Deliveries(registryOf(Selective.class, Listener.class), new MessageCodec());
        assertThat(ofSelective.concern(noteTaken())).isFalse();
        assertThat(ofSelective.of(noteTaken())).isEmpty();
        assertThat(ofBoth.concern(noteTaken())).isTrue();
        assertThat(ofBoth.of(noteTaken()).orElseThrow().handlers())
                .singleElement()
                .satisfies(handler -> assertThat(handler.bean()).isInstanceOf(Listener.class));
    }

    @Test
    void a_selector_must_be_one_and_take_an_event_that_its_class_handles_and_answer() {
        assertThatThrownBy(() -> registryOf(SelectsTwice.class)).hasMessageContaining("two @EventSelector methods");
        assertThatThrownBy(() -> registryOf(SelectsCommands.class)).hasMessageContaining("must take one event");
        assertThatThrownBy(() -> registryOf(SelectsForNothing.class)).hasMessageContaining("decides about no event");
        assertThatThrownBy(() -> registryOf(SelectsWithoutAnAnswer.class)).hasMessageContaining("return a boolean");
    }

    @Test
    void a_handler_is_found_by_its_interface_and_behind_a_proxy() {
        for (Class<?> beans : List.of(ListenerByItsInterface.class, ListenerBehindAProxy.class)) {
            assertThat(registryOf(beans).handledTypes())
                    .as(beans.getSimpleName())
                    .containsExactly(MessageType.of(NoteTaken.class));
        }
    }

    @Test
    void a_handler_that_cannot_be_called_through_its_proxy_stops_the_start() {
        assertThatThrownBy(() -> registryOf(ListenerThatItsProxyHides.class)).hasMessageContaining("proxy");
    }

    @Test
    void two_owners_of_one_command_stop_the_start() {
        assertThatThrownBy(() -> registryOf(Owner.class, OtherOwner.class))
                .hasMessageContaining("BurnNotebook has two owners")
                .hasMessageContaining("a command has exactly one");
    }

    @Test
    void a_handler_of_a_type_without_a_version_stops_the_start() {
        assertThatThrownBy(() -> registryOf(ListenerToUntyped.class)).hasMessageContaining("does not state its type");
    }

    @Test
    void a_handler_of_something_else_than_a_message_stops_the_start() {
        assertThatThrownBy(() -> registryOf(ListenerToNothing.class)).hasMessageContaining("must take one Event");
    }

    @Test
    void a_preparation_must_be_one_and_take_a_list_of_messages() {
        assertThatThrownBy(() -> registryOf(PreparesTwice.class)).hasMessageContaining("two @BeforeBatch methods");
        assertThatThrownBy(() -> registryOf(PreparesForNothing.class)).hasMessageContaining("must take one List");
    }

    private static Envelope noteTaken() {
        return new Envelope(
                UUID.randomUUID(),
                "notes",
                "a-key",
                "io.tidings.NoteTaken.v1",
                "/a-service",
                Instant.EPOCH,
                "a-flow",
                null,
                null,
                Map.of(),
                new MessageCodec().write(new NoteTaken("a-notebook", 1, "a note")));
    }

    private static HandlerRegistry registryOf(Class<?>... beans) {
        var context = new AnnotationConfigApplicationContext();
        context.register(beans);
        context.registerBean(HandlerRegistry.class, () -> new HandlerRegistry(context));
        context.refresh();
        return context.getBean(HandlerRegistry.class);
    }
}
