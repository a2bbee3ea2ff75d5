package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * The lines and rows that failed, one JSON object per line: {@code file}, {@code line}, the {@code
 * command} when there was one, and the {@code problem}. Made with the first error. For one thread.
 */
final class ErrorFile implements AutoCloseable {
  private final Path file;
  private @Nullable OutputStream stream;
  private long bytes;

  /**
   * @param keptBytes how much of an interrupted run's file still counts
   */
  ErrorFile(Path file, long keptBytes) {
    this.file = file;
    try {
      if (keptBytes > 0 && Files.exists(file) && Files.size(file) >= keptBytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(keptBytes);
        }
        bytes = keptBytes;
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new ImportException("the error file " + file + " cannot be written", e);
    }
  }

  void refused(Entry.Command command, Result result) {
    ObjectNode line = line(command.place());
    try {
      line.set("command", Json.MAPPER.readTree(command.json()));
    } catch (IOException e) {
      throw new IllegalStateException("a command is JSON", e);
    }
    line.set("problem", result.problem());
    write(line);
  }

  void faulty(Entry.Faulty faulty) {
    ObjectNode line = line(faulty.place());
    line.putObject("problem").put("title", "No command").put("detail", faulty.detail());
    write(line);
  }

  private static ObjectNode line(Place place) {
    return Json.MAPPER
        .createObjectNode()
        .put("file", place.file().toString())
        .put("line", place.line());
  }

  private void write(ObjectNode line) {
    try {
      if (stream == null) {
        stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      byte[] json = Json.write(line);
      stream.write(json);
      stream.write('\n');
      bytes += json.length + 1;
    } catch (IOException e) {
      throw new ImportException("the error file " + file + " cannot be written", e);
    }
  }

  Path file() {
    return file;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      throw new ImportException("the error file " + file + " cannot be closed", e);
    }
  }
}
