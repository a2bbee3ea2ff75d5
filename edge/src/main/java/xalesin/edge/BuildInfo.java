package xalesin.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built, as the build wrote it down.
 *
 * @param version of the project
 * @param build time stamp of the build
 */
public record BuildInfo(String version, String build) {
  private static final String RESOURCE = "build.properties";

  public static BuildInfo read() {
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return new BuildInfo(
          properties.getProperty("version", "unknown"), properties.getProperty("build", "unknown"));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
