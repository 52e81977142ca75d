package io.tidings.events.schemas;

import io.tidings.events.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All messages of the module, found among its compiled classes. */
final class MessageClasses {

    private MessageClasses() {}

    static List<Class<?>> all() {
        try {
            Path classes = Path.of(Message.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(classes)) {
                return files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                        .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                        .<Class<?>>map(file -> load(file.substring(0, file.length() - ".class".length())
                                .replace('/', '.')))
                        .filter(type -> type.isRecord() && Message.class.isAssignableFrom(type))
                        .sorted(Comparator.comparing(Class::getSimpleName))
                        .toList();
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("The compiled classes can't be listed.", unreadable);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, MessageClasses.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new UncheckedIOException(new IOException("Class %s was there a moment ago.".formatted(name), gone));
        }
    }
}
