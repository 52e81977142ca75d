package io.tidings.systemtests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** What an operating system does to processes. */
final class Signals {

    private Signals() {}

    static void send(String signal, Stream<ProcessHandle> processes) {
        List<String> numbers =
                processes.map(process -> Long.toString(process.pid())).toList();
        if (numbers.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + signal), numbers.stream())
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException("Processes can't be sent %s.".formatted(signal), failure);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
