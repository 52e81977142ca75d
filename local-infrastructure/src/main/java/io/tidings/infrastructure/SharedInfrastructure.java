package io.tidings.infrastructure;

/** Chooses the infrastructure of this JVM, when it is first asked for. */
final class SharedInfrastructure {

    private static final String PROPERTY = "tidings.infrastructure";

    private SharedInfrastructure() {}

    static Infrastructure get() {
        return Holder.CHOSEN.get();
    }

    static Infrastructure choose(String wanted) {
        return switch (wanted) {
            case "containers" -> {
                if (!testcontainersPresent()) {
                    throw new InfrastructureException(
                            "Containers were asked for but Testcontainers is not on the class path; add testcontainers-kafka and testcontainers-postgresql, or use -D%s=embedded."
                                    .formatted(PROPERTY));
                }
                if (!DockerEngine.answers()) {
                    throw new InfrastructureException(
                            "Containers were asked for but no Docker engine answers; start one, or use -D%s=embedded."
                                    .formatted(PROPERTY));
                }
                yield new ContainerInfrastructure();
            }
            case "embedded" -> embedded();
            case "discover", "" ->
                testcontainersPresent() && DockerEngine.answers() ? new ContainerInfrastructure() : embedded();
            default ->
                throw new InfrastructureException(
                        "-D%s=%s is unknown; use containers, embedded or discover.".formatted(PROPERTY, wanted));
        };
    }

    private static Infrastructure embedded() {
        return new EmbeddedInfrastructure(EmbeddedOptions.defaults());
    }

    private static boolean testcontainersPresent() {
        try {
            Class.forName(
                    "org.testcontainers.containers.GenericContainer",
                    false,
                    SharedInfrastructure.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** The choice is made once, and made again at the next ask if it failed. */
    private static final class Holder {
        private static final OnDemand<Infrastructure> CHOSEN =
                new OnDemand<>("The infrastructure", () -> choose(System.getProperty(PROPERTY, "discover")));
    }
}
