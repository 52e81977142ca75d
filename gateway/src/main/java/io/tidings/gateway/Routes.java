package io.tidings.gateway;

import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The table of {@code gateway.yml} as routes, and the client that goes to the services. */
@Configuration(proxyBeanMethods = false)
class Routes {

    @Bean
    RouterFunction<ServerResponse> serviceRoutes(ServiceTable table, Forwarder forwarder) {
        RouterFunctions.Builder routes = RouterFunctions.route();
        for (Service service : table.all()) {
            for (Door door : Door.of(service)) {
                routes.route(RequestPredicates.path(door.pattern()), request -> forwarder.forward(request, door));
            }
        }
        return routes.onError(GatewayProblem.class, (problem, request) -> ((GatewayProblem) problem).toResponse())
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> doorList(ServiceTable table) {
        DoorList list = new DoorList(
                "Tidings",
                table.all().stream()
                        .map(service -> new DoorList.Entry(
                                service.name(), service.paths(), "/services/%s/**".formatted(service.name())))
                        .toList());
        return RouterFunctions.route(
                RequestPredicates.GET("/").or(RequestPredicates.GET("/doors")),
                request -> ServerResponse.ok().body(list));
    }

    @Bean(destroyMethod = "shutdownNow") // an open stream must not hold the end up
    HttpClient serviceClient(Limits limits) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // the caller decides
                .connectTimeout(limits.connectWithin())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** What {@code GET /} and {@code GET /doors} answer. */
    record DoorList(String name, List<Entry> doors) {

        /** A service, its own paths, and the path under which all it offers is found. */
        record Entry(String service, List<String> paths, String everything) {}
    }
}
