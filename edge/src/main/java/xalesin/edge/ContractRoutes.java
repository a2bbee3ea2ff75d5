package xalesin.edge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.AsyncApi;
import xalesin.schemas.SchemaFiles;

/**
 * The published contract, at every door and for anyone: the JSON Schemas at the paths that {@code
 * ce_dataschema} names, and the AsyncAPI document. Thread-safe.
 */
public final class ContractRoutes {
  /** A version may gain optional fields with the next release, so it is not kept for longer. */
  private static final String CACHE = "public, max-age=3600";

  /** What was asked for and exists; there are as many as files in the program. */
  private final Map<String, Document> documents = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent")
  private record Document(byte[] json, String tag) {
    static Document of(byte[] json) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
        return new Document(json, '"' + HexFormat.of().formatHex(hash, 0, 8) + '"');
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  private ContractRoutes() {}

  public static List<Route> all() {
    ContractRoutes routes = new ContractRoutes();
    return List.of(
        open("/schemas/{kind}/{type}/{version}", "application/schema+json", routes::schema),
        open(AsyncApi.PATH, "application/json", routes::asyncApi));
  }

  private interface Finder {
    @Nullable Document find(Exchange exchange);
  }

  private static Route open(String path, String contentType, Finder finder) {
    return new Route(
        Verb.GET,
        path,
        null,
        RouteClass.READ,
        exchange -> {
          exchange.allowedQuery();
          Document document = finder.find(exchange);
          if (document == null) {
            throw Problem.notFound("no schema is published at this path").exception();
          }
          answer(exchange, contentType, document);
        });
  }

  private static void answer(Exchange exchange, String contentType, Document document) {
    exchange.header("Cache-Control", CACHE).header("ETag", document.tag);
    String known = exchange.header("If-None-Match");
    if (known != null && (known.equals("*") || known.contains(document.tag))) {
      exchange.empty(304);
    } else {
      exchange.send(200, contentType, document.json);
    }
  }

  private Document asyncApi(Exchange exchange) {
    return documents.computeIfAbsent(AsyncApi.PATH, _ -> Document.of(AsyncApi.document()));
  }

  private @Nullable Document schema(Exchange exchange) {
    SchemaFiles.Kind kind = SchemaFiles.Kind.ofFolder(exchange.pathParam("kind"));
    int version = version(exchange.pathParam("version"));
    if (kind == null || version == 0) {
      return null;
    }
    String type = exchange.pathParam("type");
    String id = SchemaFiles.id(kind, type, version);
    Document known = documents.get(id);
    if (known != null) {
      return known;
    }
    byte[] json = SchemaFiles.find(kind, type, version);
    return json == null ? null : documents.computeIfAbsent(id, _ -> Document.of(json));
  }

  /** 0 when it is none. */
  private static int version(String text) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      return 0;
    }
    return Integer.parseInt(text);
  }
}
