package io.tidings.payment.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.CommandHandler;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventSelector;
import io.tidings.events.Fulfilment;
import io.tidings.events.Message;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.payment.ProcessPayment;
import io.tidings.events.payment.RefundPayment;
import io.tidings.events.user.UserCreated;
import io.tidings.payment.domain.Cashier;
import io.tidings.payment.domain.PaymentCommand;
import io.tidings.payment.domain.PaymentCommand.CancelPayment;
import io.tidings.payment.domain.PaymentCommand.TakePayment;
import io.tidings.payment.domain.PaymentCommand.UndoPayment;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Opens an account for each user, and takes and gives back the payments of orders. */
@Component
class PaymentHandlers {

    private final Cashier cashier;

    PaymentHandlers(Cashier cashier) {
        this.cashier = cashier;
    }

    /** An order's orchestrator asks for its payment by a command. */
    @EventSelector
    boolean isChoreographed(InventoryReserved reserved) {
        return reserved.fulfilment() == Fulfilment.CHOREOGRAPHY;
    }

    @BeforeBatch
    void lockWalletsAndPayments(List<Message> news) {
        cashier.prepare(
                news.stream().flatMap(PaymentHandlers::newUser).toList(),
                news.stream()
                        .map(PaymentHandlers::command)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Stream<UUID> newUser(Message message) {
        return message instanceof UserCreated created ? Stream.of(created.userId()) : Stream.empty();
    }

    /** What a message asks of the payment of its order, if anything. */
    private static Optional<PaymentCommand> command(Message message) {
        return switch (message) {
            case InventoryReserved reserved ->
                Optional.of(new TakePayment(
                        reserved.orderId(), reserved.userId(), reserved.total(), reserved.fulfilment()));
            case OrderCanceled canceled ->
                Optional.of(new CancelPayment(canceled.orderId(), canceled.userId(), canceled.reason()));
            case ProcessPayment process ->
                Optional.of(new TakePayment(
                        process.orderId(), process.userId(), process.amount(), Fulfilment.ORCHESTRATION));
            case RefundPayment refund ->
                Optional.of(new UndoPayment(refund.orderId(), refund.userId(), refund.amount()));
            default -> Optional.empty();
        };
    }

    @EventHandler
    void on(UserCreated created) {
        cashier.openAccount(created.userId());
    }

    @EventHandler
    void on(InventoryReserved reserved) {
        command(reserved).ifPresent(cashier::handle);
    }

    @EventHandler
    void on(OrderCanceled canceled) {
        command(canceled).ifPresent(cashier::handle);
    }

    @CommandHandler
    void on(ProcessPayment process) {
        command(process).ifPresent(cashier::handle);
    }

    @CommandHandler
    void on(RefundPayment refund) {
        command(refund).ifPresent(cashier::handle);
    }
}
