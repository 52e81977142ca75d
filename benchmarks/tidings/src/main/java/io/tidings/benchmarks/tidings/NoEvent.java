package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.RelayContender;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Tells nobody: the limit that the database sets. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class
})
@Import(RelayContender.class)
class NoEvent {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(NoEvent.class, arguments);
    }

    @Bean
    Announcer announcer() {
        return order -> {};
    }
}
