package xalesin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderIT {
  @TempDir Path temporary;

  @Test
  void a_missing_folder_is_created_for_its_owner_alone() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary.resolve("a/b"))) {
      assertThat(Files.getPosixFilePermissions(folder.path())).hasSize(3);
    }
  }

  @Test
  void a_second_start_in_the_same_program_is_refused_until_the_first_gives_it_back() {
    DataFolder first = DataFolder.open(temporary);

    assertThatThrownBy(() -> DataFolder.open(temporary.resolve("../" + temporary.getFileName())))
        .isInstanceOf(DataFolderInUseException.class)
        .hasMessageContaining(temporary.toString())
        .hasMessageContaining("this process");

    first.close();
    first.close();
    DataFolder.open(temporary).close();
  }

  @Test
  void another_program_is_refused_and_told_who_has_the_folder() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary)) {
      // The refusal in this JVM must not have let go of the lock, as closing a file can.
      assertThatThrownBy(() -> DataFolder.open(temporary))
          .isInstanceOf(DataFolderInUseException.class);

      try (ChildJvm child = ChildJvm.start(FolderChild.class, folder.path().toString())) {
        assertThat(child.awaitLine("refused"))
            .contains(temporary.toString())
            .contains("process " + ProcessHandle.current().pid());
      }
    }
    try (ChildJvm child = ChildJvm.start(FolderChild.class, temporary.toString())) {
      child.awaitLine("opened");
    }
  }

  @Test
  void a_folder_that_is_a_file_is_named() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining(file.toString());
  }

  /** Opens the folder and says how that went. */
  static final class FolderChild {
    private FolderChild() {}

    public static void main(String[] args) {
      try (DataFolder folder = DataFolder.open(Path.of(args[0]))) {
        System.out.println("opened " + folder.path());
      } catch (DataFolderInUseException e) {
        System.out.println("refused " + e.getMessage());
      }
    }
  }
}
