# The image of any service: docker build --build-arg SERVICE=order-service .

# Builds, once, every module that an image may be made of. It does not know SERVICE, so all images share it.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /tidings
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked \
    mvn --batch-mode --quiet --no-transfer-progress package -Dmaven.test.skip=true \
    --projects "$(printf '!%s,' benchmarks benchmarks/*/pom.xml)!all-in-one,!system-tests" && \
    mvn --batch-mode --quiet --no-transfer-progress dependency:copy-dependencies --projects local-infrastructure \
    -DincludeScope=runtime -DoutputDirectory=/local-infrastructure && \
    cp local-infrastructure/target/local-infrastructure-*.jar /local-infrastructure

# Takes the executable jar apart: libraries, which seldom change, and the service itself.
FROM eclipse-temurin:25-jre AS layers
ARG SERVICE
WORKDIR /layers
RUN test -n "$SERVICE" || { echo "Say which service: docker build --build-arg SERVICE=order-service ." >&2; exit 1; }
COPY --from=build /tidings/${SERVICE}/target/${SERVICE}-*-exec.jar service.jar
RUN java -Djarmode=tools -jar service.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin tidings
WORKDIR /opt/tidings
COPY docker/service/healthy ./
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/application/ ./

# A small, quick JVM: one compiler tier with room for its code (each time a part of it is used, all garbage is collected),
# one collector thread, small stacks and object headers, and few malloc arenas.
# Names are looked up anew after 2 s, for containers come and go. -Xmx is set where the memory limit is: in compose,
# by JDK_JAVA_OPTIONS, which is added to this. -Xms leaves room for what the cache below brings along: the JVM refuses to
# start if its first heap is too small for it.
ENV JAVA_TOOL_OPTIONS="-Xms48m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xss512k \
-XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Dsun.net.inetaddr.ttl=2 -Dsun.net.inetaddr.negative.ttl=1" \
    MALLOC_ARENA_MAX=2 \
    SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080

# Most of a start is finding, reading and linking the same classes again. A training run, which starts the service beside a
# Kafka and a PostgreSQL of its own, leaves them in a cache.
ARG SERVICE
RUN --mount=type=bind,source=docker/service,target=/training \
    --mount=type=bind,from=build,source=/local-infrastructure,target=/local-infrastructure \
    --mount=type=cache,id=tidings-training,target=/training-data \
    case $SERVICE in scenarios|kafka-rights) ;; *) /training/train "$SERVICE" /local-infrastructure /training-data ;; esac
# Without the cache, or with one that does not fit, the JVM starts as ever.
ENV JAVA_TOOL_OPTIONS="$JAVA_TOOL_OPTIONS -XX:AOTCache=service.aot -Xlog:aot=off -Xlog:cds=off"
USER tidings
# The first check waits until the service is ready; the later ones take 4 s at most.
HEALTHCHECK --interval=10s --timeout=60s --start-period=120s --start-interval=1s --retries=3 CMD ["./healthy"]

# In exec form, so that SIGTERM reaches the JVM and the service ends in good order.
ENTRYPOINT ["java", "-jar", "service.jar"]
