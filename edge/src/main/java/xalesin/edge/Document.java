package xalesin.edge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of the program that anyone may read. Immutable.
 *
 * @param tag changes with its bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record Document(String mediaType, byte[] bytes, String tag) {
  /** What it is may grow with the next release, so it is not kept for longer. */
  private static final String CACHE = "public, max-age=3600";

  /** The document that is asked for; null when there is none. */
  interface Finder {
    @Nullable Document find(Exchange exchange);
  }

  static Document of(String mediaType, byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Document(mediaType, bytes, '"' + HexFormat.of().formatHex(hash, 0, 8) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A route for anyone. */
  static Route route(String path, Finder finder, Operation operation) {
    return new Route(
            Verb.GET,
            path,
            null,
            RouteClass.READ,
            exchange -> {
              exchange.allowedQuery();
              Document document = finder.find(exchange);
              if (document == null) {
                throw Problem.notFound("nothing is published at this path").exception();
              }
              document.answer(exchange);
            })
        .described(operation);
  }

  /** What such a route does. */
  static Operation operation(String id, String summary, String mediaType, String... moreHeaders) {
    List<String> headers = new ArrayList<>(List.of(moreHeaders));
    headers.add(ApiHeaders.ETAG);
    headers.add(ApiHeaders.CACHE_CONTROL);
    return Operation.of(id, "contract", summary)
        .takes(
            Parameter.header(
                "If-None-Match", "ETags that are known: unchanged is answered 304.", Shape.text()))
        .answers(200, "The document.", new Operation.Body(mediaType, true, null, null), headers)
        .answers(304, "As the caller knows it.", null, headers);
  }

  private void answer(Exchange exchange) {
    exchange.header("Cache-Control", CACHE).header("ETag", tag);
    String known = exchange.header("If-None-Match");
    if (known != null && (known.equals("*") || known.contains(tag))) {
      exchange.empty(304);
    } else {
      exchange.send(200, mediaType, bytes);
    }
  }
}
