package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;
import xalesin.schemas.Check;
import xalesin.schemas.Json;
import xalesin.standalone.Installation;

/**
 * Where an import goes.
 *
 * @param http the API's address
 * @param token sent with every request; names the tenant
 */
record Target(URI http, String token) {
  /** Longer than an import takes; a new run signs a new one. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private static final String USER = "import";

  static Target remote(String url, @Nullable String token) {
    if (token == null) {
      throw new UsageException("--url needs --token");
    }
    URI http;
    try {
      http = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--url is not an address: " + url);
    }
    if (http.getHost() == null
        || !("http".equals(http.getScheme()) || "https".equals(http.getScheme()))) {
      throw new UsageException("--url must be like http://127.0.0.1:8080, not " + url);
    }
    return new Target(http, token);
  }

  /** The installation that runs on the data folder; its own key signs the token. */
  static Target local(Path data, String tenant) {
    if (!Check.isTenant(tenant)) {
      throw new UsageException(
          "--tenant must be lower-case letters, digits and hyphens, at most 63");
    }
    try {
      Installation installation =
          Installation.running(data)
              .orElseThrow(
                  () ->
                      new ImportException(
                          "no installation runs on %s: start one with ./xalesin up, or name one with --url and --token"
                              .formatted(data)));
      Path keys = data.resolve(LocalKeys.FILE);
      if (!Files.isReadable(keys)) {
        throw new ImportException(keys + ", which signs the token, may not be read");
      }
      return new Target(
          URI.create(installation.http()),
          LocalKeys.load(keys).sign(tenant, USER, List.of(Role.ADMIN), TOKEN_LIFE));
    } catch (IOException e) {
      throw new ImportException("the installation in " + data + " cannot be found", e);
    }
  }

  /** Tells this target from others: an import to one tenant is not the same to another. */
  String identity() {
    String tenant = token;
    String[] parts = token.split("\\.", -1);
    if (parts.length == 3) {
      try {
        JsonNode claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
        tenant = claims.path("tenant").asText(token);
      } catch (IOException | IllegalArgumentException e) {
        tenant = token; // Not a JWT of ours: the server will say so.
      }
    }
    return http + "\n" + tenant;
  }
}
