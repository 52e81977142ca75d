package io.tidings.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first project of whoever tries the bus. */
class GuestbookOfReadmeTest {

    private static final Pattern FILE = Pattern.compile(
            "^`(src/\\S+\\.java)`[^\\n]*\\n\\n```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void its_files_compile_as_they_are_written_there(@TempDir Path project) throws IOException {
        List<Path> files = new ArrayList<>();
        for (MatchResult file : filesOf(Files.readString(Path.of("README.md")))) {
            Path written = project.resolve(file.group(1));
            Files.createDirectories(written.getParent());
            files.add(Files.writeString(written, file.group(2)));
        }
        assertThat(files).hasSize(6);

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean compiles;
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-classpath", System.getProperty("java.class.path"), "-proc:none", "-d", project.toString());
            compiles = compiler.getTask(
                            complaints, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }

        assertThat(compiles).as(complaints.toString()).isTrue();
    }

    private static List<MatchResult> filesOf(String readme) {
        return FILE.matcher(readme).results().toList();
    }
}
