package xalesin.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page for people that shows the OpenAPI document: Swagger UI out of its web jar, with nothing
 * from elsewhere. Immutable.
 */
final class DocsPage {
  private static final String PATH = "/docs";
  private static final String OWN = "/xalesin/docs/";

  /** With its version, which is that of the dependency. */
  private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.31.0/";

  /** Everything is this door's own; nothing is inline, embedded or sent away. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private DocsPage() {}

  static List<Route> routes() {
    Document page = Document.of(HTML, read(OWN + "index.html"));
    Map<String, Document> files = new LinkedHashMap<>();
    files.put("docs.css", Document.of(STYLE, read(OWN + "docs.css")));
    files.put("docs.js", Document.of(SCRIPT, read(OWN + "docs.js")));
    files.put("swagger-ui.css", Document.of(STYLE, read(SWAGGER_UI + "swagger-ui.css")));
    files.put(
        "swagger-ui-bundle.js", Document.of(SCRIPT, read(SWAGGER_UI + "swagger-ui-bundle.js")));
    return List.of(
        Document.route(
            PATH,
            exchange -> {
              exchange.header(ApiHeaders.CONTENT_SECURITY_POLICY, POLICY);
              return page;
            },
            Document.operation(
                "docs.get",
                "This document as a page",
                "text/html",
                ApiHeaders.CONTENT_SECURITY_POLICY)),
        Document.route(
            PATH + "/{file}",
            exchange -> files.get(exchange.pathParam("file")),
            Document.operation("docs.file", "What the page is made of", "*/*")
                .takes(
                    Parameter.path("file", "Its name.", Shape.oneOf(files.keySet()))
                        .example("docs.js"))
                .refuses(404, "not-found")));
  }

  private static byte[] read(String resource) {
    try (InputStream file = DocsPage.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }
}
