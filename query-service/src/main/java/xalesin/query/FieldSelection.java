package xalesin.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import xalesin.schemas.Json;

/**
 * The parts of rows that were asked for by `fields=a,b`, in the order the row has them. The only
 * read that parses rows. Immutable.
 *
 * @param fields names of the row's own fields; not of fields within them
 */
record FieldSelection(Set<String> fields) {
  FieldSelection {
    fields = Set.copyOf(fields);
  }

  static FieldSelection of(Collection<String> names) {
    return new FieldSelection(new HashSet<>(names));
  }

  byte[] of(byte[] row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(row.length);
    try (JsonParser parser = Json.MAPPER.createParser(row);
        JsonGenerator generator = Json.MAPPER.createGenerator(out)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a row is not an object");
      }
      generator.writeStartObject();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = fields.contains(parser.currentName());
        if (wanted) {
          generator.copyCurrentStructure(parser);
        } else {
          parser.nextToken();
          parser.skipChildren();
        }
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a row cannot be read", e);
    }
    return out.toByteArray();
  }
}
