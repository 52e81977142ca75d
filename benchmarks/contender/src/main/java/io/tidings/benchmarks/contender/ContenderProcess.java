package io.tidings.benchmarks.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A contender as a process. It is asked by lines on standard input, {@code {"task":"load","parameters":{...}}}, and
 * answers each by a line on standard output, {@code {"answer":...}} or {@code {"failure":"..."}}; first it says
 * {@code {"answer":"ready"}}. It ends with its standard input, and so with the harness.
 */
public final class ContenderProcess {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ContenderProcess() {}

    public static void run(Class<?> application, String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // what others print is no answer
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
        try (ConfigurableApplicationContext context = spring.run(arguments)) {
            converse(context, answers);
        }
        System.exit(0); // whatever threads a library leaves behind
    }

    private static void converse(ConfigurableApplicationContext context, PrintStream answers) throws IOException {
        Map<String, Task> tasks = context.getBeansOfType(Task.class).values().stream()
                .collect(Collectors.toMap(Task::name, Function.identity()));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answer(answers, Map.of("answer", "ready"));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            JsonNode question = MAPPER.readTree(line);
            try {
                Task task = tasks.get(question.path("task").asString());
                if (task == null) {
                    throw new IllegalArgumentException(
                            "Nobody here can %s; the tasks are %s.".formatted(question.path("task"), tasks.keySet()));
                }
                answer(answers, Map.of("answer", task.perform(question.path("parameters"))));
            } catch (Exception failure) {
                failure.printStackTrace();
                answer(answers, Map.of("failure", failure.toString()));
            }
        }
    }

    private static void answer(PrintStream answers, Map<String, Object> answer) {
        answers.println(MAPPER.writeValueAsString(answer));
        answers.flush();
    }
}
