package xalesin.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Where test servers come from. */
interface TestServerKind {
  String CHOICE = "XALESIN_SERVERS";

  PostgresServer startPostgres();

  KafkaServer startKafka();

  static TestServerKind choose() {
    String choice = System.getProperty(CHOICE, System.getenv().getOrDefault(CHOICE, "")).strip();
    Logger log = LoggerFactory.getLogger(TestServerKind.class);
    TestServerKind chosen =
        switch (choice) {
          case "embedded" -> new TemporaryServers();
          case "containers" -> new ContainerServers();
          case "" -> engineAnswers() ? new ContainerServers() : new TemporaryServers();
          default ->
              throw new IllegalArgumentException(
                  CHOICE + " must be 'embedded' or 'containers', not '" + choice + "'");
        };
    log.info("Test servers: {}", chosen.getClass().getSimpleName());
    return chosen;
  }

  /** Asks no engine where none has been set up: Testcontainers takes its time to find none. */
  private static boolean engineAnswers() {
    boolean socket =
        System.getenv("DOCKER_HOST") != null
            || Files.exists(Path.of("/var/run/docker.sock"))
            || Files.exists(
                Path.of(System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run"), "docker.sock"));
    return socket && DockerClientFactory.instance().isDockerAvailable();
  }
}
