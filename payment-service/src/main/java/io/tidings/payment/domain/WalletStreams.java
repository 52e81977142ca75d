package io.tidings.payment.domain;

import io.tidings.payment.domain.WalletEvent.AccountOpened;
import io.tidings.payment.domain.WalletEvent.MoneyDeposited;
import io.tidings.payment.domain.WalletEvent.MoneyRefunded;
import io.tidings.payment.domain.WalletEvent.MoneyWithdrawn;
import io.tidings.payment.eventstore.EventStore;
import io.tidings.payment.eventstore.StreamType;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the events of wallets are: each user's in a stream that has the user's id. */
@Configuration(proxyBeanMethods = false)
class WalletStreams {

    static final StreamType<Wallet, WalletEvent> TYPE = new StreamType<>(
            "wallet",
            Wallet.NOT_OPENED,
            Wallet.Open.class,
            Wallet::evolve,
            Map.of(
                    "AccountOpened", AccountOpened.class,
                    "MoneyDeposited", MoneyDeposited.class,
                    "MoneyWithdrawn", MoneyWithdrawn.class,
                    "MoneyRefunded", MoneyRefunded.class),
            50);

    @Bean
    EventStore<Wallet, WalletEvent> walletEventStore(JdbcClient jdbc, TransactionTemplate transactions) {
        return new EventStore<>(TYPE, jdbc, transactions);
    }
}
