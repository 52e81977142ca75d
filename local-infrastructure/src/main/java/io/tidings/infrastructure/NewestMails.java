package io.tidings.infrastructure;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Keeps the newest mails of all mailboxes together. Otherwise a load of some hours would fill the memory; and where each
 * mailbox keeps its own, many customers' mails live for so long that the collector moves each to the old generation.
 */
final class NewestMails implements MessageDeliveryHandler {

    /** More than anyone looks through. Of a thousand, at 500 mails a second, many live until they move to the old generation. */
    static final int KEPT = 250;

    private final GreenMail mail;
    private final MessageDeliveryHandler delivery;
    /** The mailbox of each mail that is kept, the oldest mail's first. */
    private final Queue<MailFolder> kept = new ArrayDeque<>();

    private NewestMails(GreenMail mail) {
        this.mail = mail;
        this.delivery = mail.getUserManager().getMessageDeliveryHandler();
    }

    /** Keeps those that are delivered from now on. */
    static NewestMails of(GreenMail mail) {
        NewestMails newest = new NewestMails(mail);
        mail.getUserManager().setMessageDeliveryHandler(newest);
        return newest;
    }

    @Override
    public GreenMailUser handle(MovingMessage message, MailAddress address) throws MessagingException, UserException {
        GreenMailUser user = delivery.handle(message, address);
        try {
            keep(mail.getManagers().getImapHostManager().getInbox(user));
        } catch (FolderException failure) {
            throw new MessagingException("The mailbox of %s can't be used.".formatted(address.getEmail()), failure);
        }
        return user;
    }

    private synchronized void keep(MailFolder mailbox) throws FolderException {
        kept.add(mailbox);
        if (kept.size() > KEPT) {
            forgetOldest(kept.remove());
        }
    }

    private static void forgetOldest(MailFolder mailbox) throws FolderException {
        List<StoredMessage> mails = mailbox.getMessages();
        if (!mails.isEmpty()) { // A mail is counted before it is stored, which may fail.
            mails.getFirst().setFlag(Flags.Flag.DELETED, true);
            mailbox.expunge();
        }
    }

    /** Empties all mailboxes. */
    synchronized void forgetAll() throws FolderException {
        kept.clear();
        mail.purgeEmailFromAllMailboxes();
    }
}
