package xalesin.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.stream.ViewsTopology;

/**
 * Which rebuild of its views an installation has, and the end of those before. The number is kept
 * in the data folder, outside of the views', before a rebuild begins: one that was interrupted goes
 * on with the next start. For one thread.
 */
final class ViewsRebuild {
  private static final Logger LOG = LoggerFactory.getLogger(ViewsRebuild.class);
  private static final String FILE = "views.rebuild";
  private static final String APPLICATIONS = "xalesin-views-";
  private static final int MAX_SECONDS = 60;

  private ViewsRebuild() {}

  /**
   * The number of the views in the data folder.
   *
   * @throws IOException when the file has something else
   */
  static int current(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (Files.notExists(file)) {
      return 0;
    }
    String number = Files.readString(file).strip();
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw new IOException(file + " must have a number, not \"" + number + "\"", e);
    }
  }

  /** The next number, from now on the installation's. */
  static int next(Path data) throws IOException {
    int next = current(data) + 1;
    Folders.writeWhole(data.resolve(FILE), Integer.toString(next).getBytes(US_ASCII));
    return next;
  }

  /**
   * Drops what other views than these have left in the folder and in Kafka: of earlier rebuilds and
   * of earlier forms. What cannot be dropped now is tried again at the next start.
   */
  static void dropOthers(ProjectionConfig views) throws InterruptedException {
    try {
      for (Path other : others(views)) {
        drop(views.bootstrapServers(), String.valueOf(other.getFileName()));
        Folders.delete(other);
        LOG.info("dropped the former views {}", other.getFileName());
      }
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOG.warn("former views are dropped at the next start: {}", e.getMessage());
    }
  }

  private static List<Path> others(ProjectionConfig views) throws IOException {
    try (Stream<Path> folders = Files.list(views.folder())) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> folder.getFileName().toString().startsWith(APPLICATIONS))
          .filter(folder -> !folder.getFileName().toString().equals(views.applicationId()))
          .toList();
    }
  }

  /**
   * The place of views in the log and their changelog, in this order: without its changelog a place
   * would have views go on that lack what is before it. Fine when there are none.
   */
  static void drop(String kafka, String applicationId)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (Admin admin =
        Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      finish(
          admin.deleteConsumerGroups(List.of(applicationId)).all(), GroupIdNotFoundException.class);
      finish(
          admin.deleteTopics(List.of(ViewsTopology.changelog(applicationId))).all(),
          UnknownTopicOrPartitionException.class);
    }
  }

  private static void finish(KafkaFuture<Void> deleting, Class<? extends Exception> gone)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      deleting.get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!gone.isInstance(e.getCause())) {
        throw e;
      }
    }
  }
}
