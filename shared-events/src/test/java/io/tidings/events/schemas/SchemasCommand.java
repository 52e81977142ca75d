package io.tidings.events.schemas;

import java.nio.file.Path;
import java.util.List;

/** {@code ./tidings schemas [--accept]}: tells how the records differ from the committed schemas, and accepts it if asked to. */
final class SchemasCommand {

    private SchemasCommand() {}

    public static void main(String... arguments) {
        boolean accept = List.of(arguments).equals(List.of("--accept"));
        if (arguments.length > 0 && !accept) {
            System.err.println("./tidings schemas takes --accept or nothing, and not '%s'.".formatted(arguments[0]));
            System.exit(2);
        }
        SchemaGate gate = of(Path.of(""));
        SchemaGate.Verdict verdict = accept ? gate.accept(MessageClasses.all()) : gate.check(MessageClasses.all());
        if (verdict.isOpen()) {
            System.out.println("The messages are as their schemas say.");
        } else if (accept && verdict.refused().isEmpty()) {
            verdict.pending().forEach(one -> System.out.println("Accepted: " + one));
        } else {
            System.out.println(verdict.report() + (accept ? "\n\nNothing was written." : ""));
            System.exit(1);
        }
    }

    /** @param module its folder */
    static SchemaGate of(Path module) {
        return new SchemaGate(
                new SchemaFolder(module.resolve("src/main/resources/schemas")),
                new RecordSchemas(Meanings.in(module.resolve("src/main/java"))));
    }
}
