package ai.pathbound.bench.events;

import ai.pathbound.bench.client.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server of this run: made, started, stopped and deleted with it. PostgreSQL does not run as root, so root starts it as `postgres`.
///
/// Settings are what an administrator would give a machine with a few free gigabytes that answers
/// analytics questions: a quarter of 8 GiB as buffers, enough memory to hash in, two workers a query.
final class PostgresServer implements AutoCloseable {
    private static final String OWNER = "postgres";
    private static final int PATIENCE_SECONDS = 120;
    private static final String SETTINGS = """
            shared_buffers = 2GB
            effective_cache_size = 6GB
            work_mem = 128MB
            maintenance_work_mem = 1GB
            max_parallel_workers_per_gather = 2
            max_parallel_maintenance_workers = 2
            random_page_cost = 1.1
            max_wal_size = 8GB
            synchronous_commit = off
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            timezone = 'UTC'
            """;

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    static PostgresServer start(Path programs, Path folder)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (isRoot()) {
            run(List.of("chown", OWNER, folder.toString()));
            // Its user must get through to the folder.
            run(List.of("chmod", "o+x", folder.resolve("..").normalize().toString()));
        }
        Path data = folder.resolve("data");
        PostgresServer server = new PostgresServer(programs, folder, Servers.freePort());
        server.program("initdb", "-D", data.toString(), "-U", OWNER, "-A", "trust", "--no-sync");
        Files.writeString(
                data.resolve("postgresql.conf"),
                SETTINGS + "port = " + server.port + "\n");
        server.program(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data.toString(),
                "-l",
                folder.resolve("log").toString());
        return server;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + OWNER;
    }

    private void program(String name, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(
                    List.of("setpriv", "--reuid", OWNER, "--regid", OWNER, "--clear-groups"));
        }
        command.add(programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("pathbound-postgres", ".out");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " takes too long");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + ": " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public void close() throws IOException {
        try {
            program(
                    "pg_ctl",
                    "stop",
                    "-w",
                    "-m",
                    "immediate",
                    "-D",
                    folder.resolve("data").toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
