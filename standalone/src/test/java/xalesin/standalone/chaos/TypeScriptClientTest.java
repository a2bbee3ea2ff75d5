package xalesin.standalone.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypeScriptClientTest {
  @TempDir private Path folder;

  @Test
  void its_own_tests_pass_in_node() throws Exception {
    Path log = folder.resolve("npm.log");
    TypeScriptClient.build(log);
    TypeScriptClient.run(log, "npm", "test");
  }
}
