package io.tidings.bus.sharing;

import io.tidings.bus.publishing.DepartureAtCommit;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;

/** One transaction, and those who share it. */
final class SharedTransaction<Q, C, A> {

    private final Kind<Q, C, A> kind;
    private final List<Share<Q, A>> shares;
    private BooleanSupplier mayBeCommitted = () -> false;

    SharedTransaction(Kind<Q, C, A> kind, List<Share<Q, A>> shares) {
        this.kind = kind;
        this.shares = List.copyOf(shares);
    }

    /**
     * Does all requests, and lets each answer its caller.
     *
     * @throws CannotCreateTransactionException if there is no connection; nobody is told of that
     */
    void execute() {
        try {
            kind.transactions().executeWithoutResult(this::doAll);
            shares.forEach(Share::committed);
        } catch (CannotCreateTransactionException away) {
            throw away;
        } catch (RuntimeException | Error failure) {
            if (shares.size() == 1 || mayBeCommitted.getAsBoolean()) {
                shares.forEach(share -> share.end(() -> {
                    throw failure;
                }));
            } else {
                shares.forEach(share -> share.end(() -> kind.inOneOfItsOwn(share.request())));
            }
        }
    }

    private void doAll(TransactionStatus transaction) {
        mayBeCommitted = DepartureAtCommit.ofCurrentTransaction();
        C common = kind.before().apply(shares.stream().map(Share::request).toList());
        shares.forEach(share -> share.work(request -> kind.each().apply(request, common)));
        if (transaction.isRollbackOnly()) {
            throw new UnexpectedRollbackException("One of those who share this transaction has it rolled back.");
        }
    }
}
