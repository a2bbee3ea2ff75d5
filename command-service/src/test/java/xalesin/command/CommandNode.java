package xalesin.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import xalesin.command.store.StoreConfig;
import xalesin.edge.HttpDoor;
import xalesin.edge.HttpDoorConfig;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;
import xalesin.embedded.Database;
import xalesin.schemas.Json;

/** A command service behind its door, and a client of it. */
public final class CommandNode implements AutoCloseable {
  private static final LocalKeys KEYS = keys();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final CommandService service;
  final HttpDoor door;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public CommandNode(Database database) {
    this(config(database));
  }

  CommandNode(CommandConfig config) {
    this(config, HttpDoorConfig.of(0));
  }

  CommandNode(CommandConfig config, HttpDoorConfig limits) {
    service = CommandService.start(config, registry);
    door = HttpDoor.start(limits, service.routes(), KEYS.verifier(), registry);
  }

  /** Without a slot: nothing captures these databases. */
  static CommandConfig config(Database database) {
    return CommandConfig.of(
        StoreConfig.of(database.jdbcUrl(), database.user(), database.password()).withSlot(""));
  }

  private static LocalKeys keys() {
    try {
      Path folder = Files.createTempDirectory("xalesin-command-test");
      folder.toFile().deleteOnExit();
      folder.resolve(LocalKeys.FILE).toFile().deleteOnExit();
      return LocalKeys.open(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String token(String tenant, String user, Role role) {
    return KEYS.sign(tenant, user, Set.of(role), Duration.ofMinutes(30));
  }

  /** What was answered. */
  public record Answer(int status, JsonNode body, HttpResponse<String> response) {
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String problem() {
      return body.path("type").asText();
    }

    public long version() {
      return body.path("version").asLong();
    }
  }

  /** A user of a tenant. */
  public record User(CommandNode node, String token) {
    Answer send(String method, String path, String body, String... headers) {
      return node.send(token, method, path, "application/json", body, headers);
    }

    Answer post(String path, String body, String... headers) {
      return send("POST", path, body, headers);
    }

    Answer item(String id, String verb, String body, String... headers) {
      return post("/api/inventory-items/" + id + "/" + verb, body, headers);
    }

    Answer create(String sku) {
      return post("/api/inventory-items", Bodies.item(sku));
    }

    /** A new item's id. */
    String created(String sku) {
      return create(sku).body().path("id").asText();
    }

    public Answer lines(String query, String body, String... headers) {
      return node.send(
          token, "POST", "/api/commands" + query, "application/x-ndjson", body, headers);
    }
  }

  User clerk(String tenant) {
    return new User(this, token(tenant, "ann", Role.CLERK));
  }

  private Answer send(
      String token, String method, String path, String type, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String contentType = response.headers().firstValue("Content-Type").orElse("");
      JsonNode tree =
          contentType.contains("json") && !contentType.contains("ndjson")
              ? Json.MAPPER.readTree(response.body())
              : Json.MAPPER.createArrayNode();
      return new Answer(response.statusCode(), tree, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Bodies of commands. */
  static final class Bodies {
    private Bodies() {}

    static String item(String sku) {
      return """
      {"sku":"%s","name":"Chai","price":{"amount":"18","currency":"EUR"}}"""
          .formatted(sku);
    }

    static String item(String id, String sku) {
      return """
      {"id":"%s","sku":"%s","name":"Chai","price":{"amount":"18","currency":"EUR"}}"""
          .formatted(id, sku);
    }

    static String receive(String quantity) {
      return """
      {"quantity":"%s","location":"A","unitCost":{"amount":"2","currency":"EUR"}}"""
          .formatted(quantity);
    }

    static String issue(String quantity) {
      return """
      {"quantity":"%s","location":"A","reason":"sold"}"""
          .formatted(quantity);
    }
  }

  /** Requests under way break off, as when the service's process has ended. */
  public void hangUp() {
    client.shutdownNow();
  }

  @Override
  public void close() {
    client.close();
    door.close();
    service.close();
  }
}
