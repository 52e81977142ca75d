package io.tidings.infrastructure;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserException;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps the newest mails of all mailboxes together. Otherwise a load of some hours would fill the memory; and where each
 * mailbox keeps its own, many customers' mails live for so long that the collector moves each to the old generation.
 */
final class NewestMails implements MessageDeliveryHandler {

    static final int KEPT = 1_000;

    private final MessageDeliveryHandler delivery;
    private final ImapHostManager mailboxes;
    /** The mailbox of each mail that is kept, the oldest mail's first. */
    private final Queue<MailFolder> kept = new ArrayDeque<>();

    NewestMails(MessageDeliveryHandler delivery, ImapHostManager mailboxes) {
        this.delivery = delivery;
        this.mailboxes = mailboxes;
    }

    @Override
    public GreenMailUser handle(MovingMessage message, MailAddress address) throws MessagingException, UserException {
        GreenMailUser user = delivery.handle(message, address);
        try {
            keep(mailboxes.getInbox(user));
        } catch (FolderException failure) {
            throw new MessagingException("The mailbox of %s can't be used.".formatted(address.getEmail()), failure);
        }
        return user;
    }

    private synchronized void keep(MailFolder mailbox) throws FolderException {
        kept.add(mailbox);
        if (kept.size() > KEPT) {
            MailFolder ofOldest = kept.remove();
            ofOldest.getMessages().getFirst().setFlag(Flags.Flag.DELETED, true);
            ofOldest.expunge();
        }
    }
}
