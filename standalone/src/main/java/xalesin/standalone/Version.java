package xalesin.standalone;

import picocli.CommandLine.IVersionProvider;
import xalesin.edge.BuildInfo;

/** The version of this build, as its jar says. */
final class Version implements IVersionProvider {
  static String text() {
    return BuildInfo.read().version();
  }

  @Override
  public String[] getVersion() {
    return new String[] {"xalesin " + text()};
  }
}
