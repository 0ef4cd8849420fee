# A production node: read model and MCP endpoint. Build it from the project's folder:
#
#   docker build -t pathbound .
#
# and the stand-in backend of docker-compose.yml:
#
#   docker build --target backend -t pathbound-backend .

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
# Poms first: as long as they stay the same, so does the layer with all libraries.
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY schemas/pom.xml schemas/
COPY projector/pom.xml projector/
COPY mcp-api/pom.xml mcp-api/
COPY dev/broker/pom.xml dev/broker/
COPY dev/sandbox/pom.xml dev/sandbox/
COPY dev/bench/pom.xml dev/bench/
RUN ./mvnw -B -q dependency:go-offline -DexcludeGroupIds=ai.pathbound || true
COPY config config
COPY schemas schemas
COPY projector projector
COPY mcp-api mcp-api
COPY dev dev
RUN ./mvnw -B -q package -DskipTests -pl mcp-api,dev/broker,dev/sandbox -am \
 && mkdir -p /out/node/ours /out/backend /out/broker \
 && mv mcp-api/target/lib /out/node/lib \
 && mv /out/node/lib/schemas-*.jar /out/node/lib/projector-*.jar /out/node/ours/ \
 && cp mcp-api/target/mcp-api-*.jar /out/node/ours/ \
 && cp -r dev/sandbox/target/lib /out/backend/lib \
 && cp dev/sandbox/target/sandbox-*.jar /out/backend/ \
 && cp -r dev/broker/target/lib dev/broker/target/broker-*.jar /out/broker/

FROM eclipse-temurin:25-jre AS base
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl libjemalloc2 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /var/lib/pathbound pathbound \
 && ln -s "$(find /usr/lib -name 'libjemalloc.so.2' | head -n 1)" /usr/lib/libjemalloc.so.2
# RocksDB allocates outside the heap; jemalloc gives freed memory back.
ENV LD_PRELOAD=/usr/lib/libjemalloc.so.2
USER 10001
WORKDIR /var/lib/pathbound

FROM base AS backend
COPY --from=build /out/backend /opt/pathbound
EXPOSE 8090
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
  "-cp", "/opt/pathbound/*:/opt/pathbound/lib/*", "ai.pathbound.sandbox.SandboxMain"]

FROM base AS jars
# Libraries change seldom, our own jars with every commit: a layer each.
COPY --from=build /out/node/lib /opt/pathbound/lib
COPY --from=build /out/node/ours /opt/pathbound/ours

# What the JVM learns in a short run beside a broker and a backend; nodes start in about half the time with it, and
# start without where the run did not succeed.
FROM jars AS trained
COPY --from=build /out/backend /opt/backend
COPY --from=build /out/broker /opt/broker
RUN mkdir /var/lib/pathbound/learnt \
 && (java -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dpathbound.broker.home=/opt/broker \
  -Dlogback.configurationFile=quiet-logback.xml \
  -cp "/opt/backend/*:/opt/backend/lib/*" ai.pathbound.sandbox.training.TrainingMain /var/lib/pathbound/learnt/node.aot \
  java -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "/opt/pathbound/ours/*:/opt/pathbound/lib/*" ai.pathbound.mcp.Application \
 || echo "The training run did not succeed; nodes of this image start more slowly." >&2)

# The last stage is what a plain build makes.
FROM jars AS node
COPY --from=trained /var/lib/pathbound/learnt /opt/pathbound/learnt
ENV PATHBOUND_STATE_DIR=/var/lib/pathbound/state
VOLUME /var/lib/pathbound
EXPOSE 8080
# The endpoint lives while it says so; whether to send traffic is the balancer's question (/health/ready).
COPY deploy/healthcheck.sh /opt/pathbound/healthcheck.sh
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 CMD ["sh", "/opt/pathbound/healthcheck.sh"]
ENTRYPOINT ["java", "-XX:AOTCache=/opt/pathbound/learnt/node.aot", \
  "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=40", "-XX:+ExitOnOutOfMemoryError", \
  "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
  "-cp", "/opt/pathbound/ours/*:/opt/pathbound/lib/*", "ai.pathbound.mcp.Application"]
