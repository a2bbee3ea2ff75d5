package xalesin.edge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The headers of answers, as the OpenAPI document tells them. Pure. */
public final class ApiHeaders {
  public static final String ETAG = "ETag";
  public static final String LOCATION = "Location";
  public static final String CONSISTENCY_TOKEN = "Consistency-Token";
  public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";
  public static final String VIEW_SEQUENCE = "View-Sequence";
  public static final String AGE = "Age-Ms";
  public static final String PREFERENCE_APPLIED = "Preference-Applied";
  public static final String QUERY_PLAN = "Query-Plan";
  public static final String CACHE_STATUS = "Cache-Status";
  public static final String CACHE_CONTROL = "Cache-Control";
  public static final String VARY = "Vary";
  static final String CORRELATION_ID = "X-Correlation-Id";
  static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
  static final String RETRY_AFTER = "Retry-After";
  static final String UPGRADE = "Upgrade";
  static final String AUTHENTICATE = "WWW-Authenticate";

  /** Of every answer to a caller with a token. */
  static final List<String> LIMITS =
      List.of(
          "RateLimit-Policy",
          "RateLimit",
          "X-RateLimit-Limit",
          "X-RateLimit-Remaining",
          "X-RateLimit-Reset");

  private static final Shape NUMBER = Shape.whole(0);

  private record Header(String description, Shape shape) {}

  private static final Map<String, Header> ALL =
      Map.ofEntries(
          header(
              ETAG, "The version of what was answered or changed, for If-Match and If-None-Match."),
          header(LOCATION, "The path of what was created."),
          header(
              CONSISTENCY_TOKEN,
              "Names this write: a read that sends it back waits until it sees the write."),
          header(IDEMPOTENCY_REPLAYED, "true when this is the first answer to the key once more."),
          Map.entry(
              VIEW_SEQUENCE,
              new Header(
                  "How many of the tenant's events the answer holds; the same on every node.",
                  NUMBER)),
          Map.entry(
              AGE,
              new Header(
                  "When the views are behind: milliseconds since the newest applied event.",
                  NUMBER)),
          header(PREFERENCE_APPLIED, "What Prefer asked for, as it was taken."),
          header(QUERY_PLAN, "How the answer was read, for administrators who prefer explain."),
          header(CACHE_STATUS, "Whether the answer was kept ready (RFC 9211)."),
          header(CACHE_CONTROL, "For how long and by whom the answer may be kept."),
          header(VARY, "The request headers that the answer depends on."),
          header(CORRELATION_ID, "The request's own, or the trace id: found in the events."),
          Map.entry(
              RETRY_AFTER, new Header("Seconds after which the same request may succeed.", NUMBER)),
          header(CONTENT_SECURITY_POLICY, "What a page may load, and from where."),
          header(UPGRADE, "The protocol that the address is for."),
          header(AUTHENTICATE, "What is wrong with the token."),
          header("RateLimit-Policy", "The policies that count this request (IETF draft)."),
          header("RateLimit", "What is left under them, and until when (IETF draft)."),
          Map.entry("X-RateLimit-Limit", new Header("Requests of the tightest policy.", NUMBER)),
          Map.entry("X-RateLimit-Remaining", new Header("Requests that are left of it.", NUMBER)),
          Map.entry(
              "X-RateLimit-Reset",
              new Header("Seconds until all of them are there again.", NUMBER)));

  private ApiHeaders() {}

  private static Map.Entry<String, Header> header(String name, String description) {
    return Map.entry(name, new Header(description, Shape.text()));
  }

  /** All there are, for the components of a document. */
  static Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new TreeMap<>();
    ALL.forEach(
        (name, header) -> {
          var json = JsonNodeFactory.instance.objectNode().put("description", header.description());
          json.set("schema", header.shape().json());
          all.put(name, json);
        });
    return all;
  }

  static String reference(String name) {
    if (!ALL.containsKey(name)) {
      throw new IllegalArgumentException("say what the header " + name + " is");
    }
    return "#/components/headers/" + name;
  }
}
