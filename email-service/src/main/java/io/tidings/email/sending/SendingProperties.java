package io.tidings.email.sending;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

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

    /** @throws IllegalArgumentException if mails could not be sent like that */
    SendingProperties {
        requireAddress("from", from);
        requireAddress("operators", operators);
        requireOne("workers", workers);
        requireOne("connections", connections);
        requireOne("attempts", attempts);
        requirePositive("first-pause", firstPause);
        Assert.isTrue(
                longestPause.compareTo(firstPause) >= 0,
                () -> "tidings.email.longest-pause must be at least as long as first-pause, which is %s, and is %s."
                        .formatted(firstPause, longestPause));
        requirePositive("lease", lease);
        requirePositive("poll-interval", pollInterval);
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

    private static void requireOne(String name, int value) {
        Assert.isTrue(value >= 1, () -> "tidings.email.%s must be at least 1, and is %d.".formatted(name, value));
    }

    private static void requirePositive(String name, Duration value) {
        Assert.isTrue(
                value.isPositive(),
                () -> "tidings.email.%s must be longer than nothing, and is %s.".formatted(name, value));
    }

    /** How long a mail may wait for a connection. */
    Duration patience() {
        return lease.dividedBy(2);
    }
}
