package xalesin.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The two ways JSON is read here: strictly from callers, leniently from our own log. Thread-safe.
 */
public final class Json {
  /** Deepest nesting: a command has four levels. */
  public static final int MAX_DEPTH = 50;

  /** Longest string, above every field's own limit so that the field's error names it. */
  public static final int MAX_STRING = 200_000;

  /** Reads what callers send: unknown, duplicate or trailing parts and coercions are refused. */
  public static final JsonMapper STRICT =
      configure(
              JsonMapper.builder(
                  JsonFactory.builder()
                      .streamReadConstraints(
                          StreamReadConstraints.builder()
                              .maxNestingDepth(MAX_DEPTH)
                              .maxStringLength(MAX_STRING)
                              .maxNumberLength(50)
                              .maxNameLength(200)
                              .build())
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .build()))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfigDefaults(
              config -> {
                config.setAcceptBlankAsEmpty(false);
                config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
              })
          .withCoercionConfig(
              LogicalType.Textual,
              config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  /** Reads and writes our own records: a field added by a newer writer is passed over. */
  public static final JsonMapper MAPPER =
      configure(JsonMapper.builder())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  private static JsonMapper.Builder configure(JsonMapper.Builder builder) {
    SimpleModule values = new SimpleModule("xalesin");
    values.addSerializer(Instant.class, new InstantJson.Serializer());
    values.addDeserializer(Instant.class, new InstantJson.Deserializer());
    values.addSerializer(LocalDate.class, new LocalDateJson.Serializer());
    values.addDeserializer(LocalDate.class, new LocalDateJson.Deserializer());
    values.addDeserializer(UUID.class, new UuidDeserializer());
    values.addDeserializer(Integer.class, new WholeNumberDeserializer(Integer.class));
    values.addDeserializer(int.class, new WholeNumberDeserializer(int.class));
    values.setDeserializerModifier(new ExactEnums());
    return builder
        .addModule(values)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);
  }

  /** The value as UTF-8 JSON. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** Reads JSON that we wrote ourselves. */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be read as " + type.getSimpleName(), e);
    }
  }
}
