package io.tidings.benchmarks.contender;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What an application imports to be a contender of {@code relay}; it brings an {@link Announcer}. */
@Configuration(proxyBeanMethods = false)
public class RelayContender {

    @Bean
    OrderBook orderBook(JdbcTemplate jdbc, PlatformTransactionManager transactions, Announcer announcer) {
        return new OrderBook(jdbc, new TransactionTemplate(transactions), announcer);
    }

    @Bean
    LoadTask loadTask(OrderBook book) {
        return new LoadTask(book);
    }
}
