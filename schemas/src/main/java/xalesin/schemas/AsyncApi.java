package xalesin.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The AsyncAPI 3.0 document of all topics. Like the schemas it is written by the build's tests from
 * {@link Topics}, {@link EventTypes} and {@link RowTypes}, and its messages refer to the schemas by
 * the paths at which they are served.
 */
public final class AsyncApi {
  /** Its path below an installation's address. */
  public static final String PATH = "/asyncapi.json";

  private static final String RESOURCE = "/xalesin/schemas/asyncapi.json";

  private AsyncApi() {}

  /** The document as UTF-8 JSON. */
  public static byte[] document() {
    try (InputStream file = AsyncApi.class.getResourceAsStream(RESOURCE)) {
      if (file == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
  }
}
