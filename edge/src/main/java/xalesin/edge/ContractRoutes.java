package xalesin.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.AsyncApi;
import xalesin.schemas.SchemaFiles;

/**
 * The published contract, at every door and for anyone: the JSON Schemas at the paths that {@code
 * ce_dataschema} names, the AsyncAPI document, the OpenAPI document of the door's own routes, and a
 * page that shows it. Thread-safe.
 */
public final class ContractRoutes {
  /** The path of the OpenAPI document below an installation's address. */
  public static final String OPEN_API = "/openapi.json";

  private static final String JSON = "application/json";
  private static final String SCHEMA = "application/schema+json";

  /** What was asked for and exists; there are as many as files in the program. */
  private final Map<String, Document> documents = new ConcurrentHashMap<>();

  private ContractRoutes() {}

  /**
   * The routes of a door, and those of the contract, which describes all of them.
   *
   * @throws IllegalArgumentException when one of them does not say what it does
   */
  public static List<Route> around(List<Route> routes) {
    ContractRoutes contract = new ContractRoutes();
    List<Route> all = new ArrayList<>(routes);
    all.add(
        Document.route(
            "/schemas/{kind}/{type}/{version}",
            contract::schema,
            Document.operation(
                    "schemas.get", "A JSON Schema of an event, a command or a row", SCHEMA)
                .takes(
                    Parameter.path("kind", "What it describes.", Shape.oneOf(kinds()))
                        .example("commands"),
                    Parameter.path("type", "Its name.", Shape.text())
                        .example("inventory-items.create"),
                    Parameter.path("version", "From 1.", Shape.whole(1)).example("1"))
                .refuses(404, "not-found")));
    all.add(
        Document.route(
            AsyncApi.PATH,
            contract::asyncApi,
            Document.operation("asyncapi.get", "The AsyncAPI document of the topics", JSON)));
    all.add(
        Document.route(
            OPEN_API,
            _ -> contract.documents.get(OPEN_API),
            Document.operation("openapi.get", "This document", JSON)));
    all.addAll(DocsPage.routes());
    contract.documents.put(OPEN_API, Document.of(JSON, OpenApi.of(all)));
    return List.copyOf(all);
  }

  private static List<String> kinds() {
    return Arrays.stream(SchemaFiles.Kind.values()).map(SchemaFiles.Kind::folder).toList();
  }

  private Document asyncApi(Exchange exchange) {
    return documents.computeIfAbsent(AsyncApi.PATH, _ -> Document.of(JSON, AsyncApi.document()));
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
    return json == null ? null : documents.computeIfAbsent(id, _ -> Document.of(SCHEMA, json));
  }

  /** 0 when it is none. */
  private static int version(String text) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      return 0;
    }
    return Integer.parseInt(text);
  }
}
