package io.tidings.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs run: they refuse root and users without a name. A namespace in which root is nobody
 * serves both; where namespaces are forbidden, as in most containers, root can become nobody in earnest.
 *
 * @param prefix what stands before the command
 * @param differs whether files must be handed over to that user
 */
record UnprivilegedUser(List<String> prefix, boolean differs) {

    private static final int NOBODY = 65534;

    /** Empty where root cannot become anybody else. */
    static Optional<UnprivilegedUser> find() {
        String user = System.getProperty("user.name", "?");
        if (!user.equals("root") && !user.equals("?")) {
            return Optional.of(new UnprivilegedUser(List.of(), false));
        }
        List<String> namespace = List.of("unshare", "--user");
        if (works(namespace)) {
            return Optional.of(new UnprivilegedUser(namespace, false));
        }
        List<String> nobody =
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--inh-caps=-all", "--");
        return works(nobody) ? Optional.of(new UnprivilegedUser(nobody, true)) : Optional.empty();
    }

    /** Lets that user own this folder and everything in it. */
    void take(Path folder) throws IOException {
        if (!differs) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY);
                Files.setAttribute(path, "unix:gid", NOBODY);
            }
        }
    }

    private static boolean works(List<String> prefix) {
        try {
            List<String> command =
                    Stream.concat(prefix.stream(), Stream.of("true")).toList();
            Process process = ChildProcesses.start(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD));
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
