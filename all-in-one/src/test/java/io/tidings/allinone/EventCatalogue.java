package io.tidings.allinone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pages of {@code docs/events}: one for each message, and one that shows who tells whom. */
final class EventCatalogue {

    private static final String SOURCES = "../../shared-events/src/main/java/";
    private static final String SCHEMAS = "../../shared-events/src/main/resources/schemas/";
    private static final String HEAD =
            "<!-- Made by ./tidings docs of the messages, their schemas and what the services tell: change those. -->\n\n";

    private final List<Contract> contracts;
    private final Map<String, TreeSet<String>> senders;
    private final Map<String, TreeSet<String>> receivers;
    private final AsyncApi asyncApi;

    EventCatalogue(List<Contract> contracts, AsyncApi asyncApi) {
        this.contracts = contracts;
        this.asyncApi = asyncApi;
        this.senders = asyncApi.senders();
        this.receivers = asyncApi.receivers();
    }

    /** The pages by their places in {@code docs}. */
    Map<Path, String> pages() {
        Map<Path, String> pages = new LinkedHashMap<>();
        pages.put(Path.of("events", "README.md"), HEAD + index());
        contracts.forEach(contract -> pages.put(Path.of("events", contract.name() + ".md"), HEAD + page(contract)));
        return pages;
    }

    // --- Who tells whom ----------------------------------------------------------------------------------------------

    private String index() {
        Set<String> listeners = listenersToMost();
        return """
                # Messages

                What the services tell each other. Each message has a page with its meaning, its fields, its versions and a \
                sample. The same for machines: [asyncapi.yaml](../asyncapi.yaml), and `GET /asyncapi.json` of each service; \
                how messages may change is told under [versioned contracts](../patterns/versioned-contracts.md).

                ```mermaid
                flowchart LR
                %s
                ```

                %s

                ## Events

                %s
                ## Commands

                %s""".formatted(
                        map(listeners),
                        notShown(listeners),
                        table(contracts.stream()
                                .filter(contract -> !contract.isCommand())
                                .toList()),
                        table(contracts.stream().filter(Contract::isCommand).toList())).stripTrailing()
                + "\n";
    }

    private Set<String> listenersToMost() {
        Map<String, Long> heard = contracts.stream()
                .flatMap(contract -> receiversOf(contract).stream())
                .collect(Collectors.groupingBy(service -> service, TreeMap::new, Collectors.counting()));
        heard.values().removeIf(messages -> messages <= contracts.size() / 2);
        return heard.keySet();
    }

    private String map(Set<String> leftOut) {
        Map<String, Map<String, List<String>>> edges = new TreeMap<>();
        for (Contract contract : contracts) {
            for (String sender : sendersOf(contract)) {
                for (String receiver : receiversOf(contract)) {
                    if (!leftOut.contains(receiver)) {
                        edges.computeIfAbsent(sender, name -> new TreeMap<>())
                                .computeIfAbsent(receiver, name -> new ArrayList<>())
                                .add(contract.name());
                    }
                }
            }
        }
        return edges.entrySet().stream()
                .flatMap(from -> from.getValue().entrySet().stream()
                        .map(to -> "    %s -- \"%s\" --> %s"
                                .formatted(from.getKey(), String.join("<br/>", to.getValue()), to.getKey())))
                .collect(Collectors.joining("\n"));
    }

    private String notShown(Set<String> listeners) {
        Set<String> recorders = contracts.stream()
                .flatMap(contract -> asyncApi.recorders(contract.type().topic()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return "Not in the picture: %s listens to most events, %s keeps all messages, and what a service can't handle goes to its own dead letters."
                .formatted(String.join(" and ", listeners), String.join(" and ", recorders));
    }

    private String table(List<Contract> some) {
        StringBuilder rows =
                new StringBuilder("| message | topic, key | told by | handled by |\n| --- | --- | --- | --- |\n");
        some.forEach(contract -> rows.append("| [%s](%s.md) %d | `%s`, `%s` | %s | %s |\n"
                .formatted(
                        contract.name(),
                        contract.name(),
                        contract.type().version(),
                        contract.type().topic(),
                        contract.key(),
                        listed(sendersOf(contract)),
                        listed(receiversOf(contract)))));
        return rows.toString();
    }

    // --- One message -------------------------------------------------------------------------------------------------

    private String page(Contract contract) {
        int newest = contract.type().version();
        StringBuilder page = new StringBuilder("# %s\n\n%s\n\n"
                .formatted(
                        contract.name(),
                        contract.schema(newest).path("description").asString()));
        page.append("""
                | | |
                | --- | --- |
                | kind | %s |
                | newest version | %d (`io.tidings.%s.v%d`) |
                | topic, key | `%s`, `%s` |
                | told by | %s |
                | handled by | %s |
                | kept by | %s |
                | in the code | [`%s`](%s) |

                """.formatted(
                contract.isCommand() ? "command: a request, which one service owns" : "event: something that happened",
                newest,
                contract.name(),
                newest,
                contract.type().topic(),
                contract.key(),
                listed(sendersOf(contract)),
                listed(receiversOf(contract)),
                listed(asyncApi.recorders(contract.type().topic())),
                contract.name(),
                source(contract.messageClass())));
        for (int version : contract.versions()) {
            page.append(version(contract, version));
        }
        return page.toString().stripTrailing() + "\n";
    }

    private String version(Contract contract, int version) {
        StringBuilder text = new StringBuilder("## Version %d\n\n".formatted(version));
        if (version > contract.versions().getLast()) {
            text.append(differences(contract, version)).append("\n\n");
        }
        text.append("| field | form | presence | meaning |\n| --- | --- | --- | --- |\n");
        contract.fields(version)
                .forEach((path, field) -> text.append("| `%s` | %s | %s | %s |\n"
                        .formatted(path, field.form(), field.required() ? "required" : "optional", field.meaning())));
        text.append("\n[Schema](%s%s/v%d.json), and [a sample](%s%s/v%d.sample.json):\n\n```json\n%s\n```\n\n"
                .formatted(
                        SCHEMAS,
                        contract.name(),
                        version,
                        SCHEMAS,
                        contract.name(),
                        version,
                        contract.sample(version)));
        return text.toString();
    }

    private String differences(Contract contract, int version) {
        Map<String, Contract.Field> before = contract.fields(version - 1);
        Map<String, Contract.Field> after = contract.fields(version);
        List<String> parts = new ArrayList<>();
        addPart(parts, "gone: %s", minus(before.keySet(), after.keySet()));
        addPart(parts, "new: %s", minus(after.keySet(), before.keySet()));
        addPart(
                parts,
                "changed: %s",
                after.keySet().stream()
                        .filter(before::containsKey)
                        .filter(path ->
                                !before.get(path).form().equals(after.get(path).form())
                                        || before.get(path).required()
                                                != after.get(path).required())
                        .toList());
        return "Since version %d: %s. %s lifts older messages."
                .formatted(
                        version - 1,
                        String.join("; ", parts),
                        contract.upcaster(version - 1)
                                .map(upcaster -> "[`%s`](%s)".formatted(upcaster.getSimpleName(), source(upcaster)))
                                .orElse("An upcaster"));
    }

    private static List<String> minus(Collection<String> some, Collection<String> others) {
        return some.stream().filter(one -> !others.contains(one)).toList();
    }

    private static void addPart(List<String> parts, String form, List<String> paths) {
        if (!paths.isEmpty()) {
            parts.add(
                    form.formatted(paths.stream().map(path -> "`" + path + "`").collect(Collectors.joining(", "))));
        }
    }

    private static String source(Class<?> type) {
        return SOURCES + type.getName().replace('.', '/') + ".java";
    }

    private Set<String> sendersOf(Contract contract) {
        return senders.getOrDefault(contract.id(contract.type().version()), new TreeSet<>());
    }

    private Set<String> receiversOf(Contract contract) {
        return receivers.getOrDefault(contract.id(contract.type().version()), new TreeSet<>());
    }

    private static String listed(Collection<String> services) {
        return services.isEmpty() ? "nobody" : String.join(", ", services);
    }
}
