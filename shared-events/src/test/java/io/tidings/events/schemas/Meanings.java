package io.tidings.events.schemas;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the docstrings of records say of them and of their components, so that it is said once. */
final class Meanings {

    private final Map<String, String> texts = new HashMap<>();

    private Meanings() {}

    /** Of no class. */
    static Meanings none() {
        return new Meanings();
    }

    /** Of all classes whose source is in a folder. */
    static Meanings in(Path folder) {
        Meanings meanings = new Meanings();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder)) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            for (CompilationUnitTree unit : task.parse()) {
                meanings.read(unit, DocTrees.instance(task));
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("The sources in %s can't be read.".formatted(folder), unreadable);
        }
        return meanings;
    }

    private void read(CompilationUnitTree unit, DocTrees documents) {
        new TreePathScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String outer) {
                String name = outer + type.getSimpleName();
                DocCommentTree document = documents.getDocCommentTree(getCurrentPath());
                if (document != null) {
                    texts.put(name, textOf(document.getFullBody()));
                    document.getBlockTags().stream()
                            .filter(ParamTree.class::isInstance)
                            .map(ParamTree.class::cast)
                            .forEach(component ->
                                    texts.put(name + "#" + component.getName(), textOf(component.getDescription())));
                }
                return super.visitClass(type, name + ".");
            }
        }.scan(unit, unit.getPackageName() + ".");
    }

    /** In plain text. */
    private static String textOf(List<? extends DocTree> document) {
        return document.stream()
                .map(part -> switch (part) {
                    case TextTree text -> text.getBody();
                    case LiteralTree literal -> literal.getBody().getBody();
                    case LinkTree link ->
                        link.getLabel().isEmpty() ? link.getReference().getSignature() : textOf(link.getLabel());
                    case StartElementTree start -> " ";
                    case EndElementTree end -> " ";
                    default -> part.toString();
                })
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }

    Optional<String> of(Class<?> type) {
        return Optional.ofNullable(texts.get(type.getCanonicalName()));
    }

    Optional<String> of(Class<?> record, String component) {
        return Optional.ofNullable(texts.get(record.getCanonicalName() + "#" + component));
    }
}
