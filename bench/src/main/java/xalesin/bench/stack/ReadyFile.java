package xalesin.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * What {@code up --ready-file} writes once everything answers.
 *
 * @param http base address of the public API
 * @param management base address of health and metrics
 * @param postgres JDBC address with user and password
 * @param tenant the tenant of the token
 * @param token an administrator's
 * @param pid the server's process
 * @param readyMillis by its own count
 */
public record ReadyFile(
    String http,
    String management,
    String postgres,
    String tenant,
    String token,
    long pid,
    long readyMillis) {

  /** Reads the file; null while it is not there or not complete. */
  static @Nullable ReadyFile read(Path file) throws IOException {
    try {
      return of(Json.MAPPER.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static ReadyFile of(JsonNode json) throws IOException {
    for (String name : new String[] {"http", "management", "postgres", "tenant", "token", "pid"}) {
      if (!json.hasNonNull(name)) {
        throw new IOException("the ready file has no \"" + name + "\"");
      }
    }
    return new ReadyFile(
        json.get("http").asText(),
        json.get("management").asText(),
        json.get("postgres").asText(),
        json.get("tenant").asText(),
        json.get("token").asText(),
        json.get("pid").asLong(),
        json.path("readyMillis").asLong());
  }
}
