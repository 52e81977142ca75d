package io.tidings.infrastructure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedInfrastructureTest extends InfrastructureContract {

    private Infrastructure infrastructure;

    @BeforeAll
    void start() {
        infrastructure = EmbeddedInfrastructure.started(EmbeddedOptions.defaults());
    }

    @AfterAll
    void close() {
        infrastructure.close();
    }

    @Override
    Infrastructure infrastructure() {
        return infrastructure;
    }
}
