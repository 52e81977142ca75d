package io.tidings.email.sending;

import io.tidings.bus.Settings;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails are sent, under {@code tidings.email}.
 *
 * @param from the address of the shop
 * @param operators the address of those who are told of critical alerts
 * @param workers mails in hand at the same time, at most. The more are taken together, the less each of them costs; most of
 *     them wait for a connection then
 * @param connections to the mail server at the same time, at most
 * @param attempts at a mail before it is given up; those when a server is away do not count
 * @param firstPause after the first failure; each further one is twice as long, and chance shortens it by up to a half
 * @param longestPause between two attempts
 * @param lease how long a mail belongs to the worker that took it. It may wait for a connection for half of that; the other
 *     half has to be longer than an attempt with all its timeouts
 * @param pollInterval how long to sleep if nobody wakes the workers, such as another instance that has died
 */
@ConfigurationProperties("tidings.email")
record SendingProperties(
        @DefaultValue("shop@tidings.example") String from,
        @DefaultValue("ops@tidings.example") String operators,
        @DefaultValue("64") int workers,
        @DefaultValue("16") int connections,
        @DefaultValue("10") int attempts,
        @DefaultValue("1s") Duration firstPause,
        @DefaultValue("5m") Duration longestPause,
        @DefaultValue("2m") Duration lease,
        @DefaultValue("5s") Duration pollInterval) {

    private static final Settings SETTINGS = new Settings("tidings.email");

    /** @throws IllegalArgumentException if mails could not be sent like that */
    SendingProperties {
        requireAddress("from", from);
        requireAddress("operators", operators);
        SETTINGS.requireAtLeast(1, "workers", workers);
        SETTINGS.requireAtLeast(1, "connections", connections);
        SETTINGS.requireAtLeast(1, "attempts", attempts);
        SETTINGS.requirePositive("first-pause", firstPause);
        SETTINGS.requireAsLongAs("first-pause", firstPause, "longest-pause", longestPause);
        SETTINGS.requirePositive("lease", lease);
        SETTINGS.requirePositive("poll-interval", pollInterval);
    }

    private static void requireAddress(String name, String value) {
        try {
            new InternetAddress(value, true);
        } catch (AddressException none) {
            throw new IllegalArgumentException(
                    "tidings.email.%s must be an address, such as shop@tidings.example, and is '%s'."
                            .formatted(name, value),
                    none);
        }
    }

    /** How long a mail may wait for a connection. */
    Duration patience() {
        return lease.dividedBy(2);
    }
}
