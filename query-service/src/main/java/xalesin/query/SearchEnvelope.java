package xalesin.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import xalesin.projection.search.Found.Hit;
import xalesin.projection.search.Highlights;
import xalesin.projection.search.SearchText;
import xalesin.projection.search.TenantSearch;
import xalesin.schemas.Json;

/** `{"items":[{"type","id","score","title","highlights","row"}],"total":{"<type>":…}}`. Pure. */
final class SearchEnvelope {
  private SearchEnvelope() {}

  static byte[] of(TenantSearch search, SearchText text, List<Hit> hits, Map<String, Long> totals) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (Hit hit : hits) {
        item(json, hit, search.highlights(hit, text));
      }
      json.writeEndArray();
      json.writeObjectFieldStart("total");
      for (Map.Entry<String, Long> total : totals.entrySet()) {
        json.writeNumberField(total.getKey(), total.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an answer in memory cannot be written", e);
    }
    return out.toByteArray();
  }

  private static void item(JsonGenerator json, Hit hit, Highlights highlights) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", hit.view().name());
    json.writeStringField("id", hit.id().toString());
    json.writeNumberField("score", hit.score());
    json.writeStringField("title", highlights.title());
    json.writeObjectFieldStart("highlights");
    for (Map.Entry<String, String> field : highlights.fields().entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeFieldName("row");
    json.writeRawValue(new String(hit.json(), StandardCharsets.UTF_8));
    json.writeEndObject();
  }
}
