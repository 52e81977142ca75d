package io.tidings.allinone;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./tidings docs}: starts the services and writes down what they tell of their messages and endpoints. */
final class DocsCommand {

    private DocsCommand() {}

    public static void main(String... arguments) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Logger.getLogger("").setLevel(Level.WARNING);
        try (Tidings tidings = ContractDocuments.quietSystem()) {
            tidings.start();
            ContractDocuments documents = ContractDocuments.of(tidings);
            documents.writeTo(Path.of("..", "docs"));
            System.out.println("Wrote docs/asyncapi.yaml, docs/http, docker/kafka/rights and %d pages in docs/events."
                    .formatted(documents.files().size() - 3));
        }
        System.exit(0);
    }
}
