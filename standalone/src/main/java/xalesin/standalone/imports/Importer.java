package xalesin.standalone.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends everything that the inputs say, in order. The inputs are read twice: first to the end
 * without sending, so that a file that cannot be understood stops the import before it has begun
 * and progress knows its end. For one thread.
 */
final class Importer {
  private final List<Input> inputs;
  private final CommandSender sender;
  private final Checkpoint checkpoint;

  Importer(List<Input> inputs, CommandSender sender, Checkpoint checkpoint) {
    this.inputs = inputs;
    this.sender = sender;
    this.checkpoint = checkpoint;
  }

  /** How many entries there are. */
  long count() {
    long entries = 0;
    for (Input input : inputs) {
      try (EntryReader reader = input.open()) {
        while (reader.next() != null) {
          entries++;
        }
      }
    }
    return entries;
  }

  /**
   * @param errors where to write what fails, given the bytes of it that still count
   * @param progress shows how far it is
   */
  Summary run(Checkpoint.@Nullable State earlier, LongFunction<ErrorFile> errors, Progress progress)
      throws InterruptedException {
    Summary begin = earlier == null ? Summary.NOTHING : earlier.summary();
    long skip = begin.entries();
    try (ErrorFile errorFile = errors.apply(earlier == null ? 0 : earlier.errorBytes())) {
      Batch batch = new Batch(begin, errorFile, progress);
      for (Input input : inputs) {
        try (EntryReader reader = input.open()) {
          for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
            if (skip > 0) {
              skip--;
            } else {
              batch.add(entry);
            }
          }
        }
      }
      batch.send();
      progress.finish(batch.summary);
      checkpoint.remove();
      return batch.summary;
    }
  }

  /** Entries that wait to be sent together. */
  private final class Batch {
    private final ErrorFile errors;
    private final Progress progress;
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> commands = new ArrayList<>();
    private long bytes;
    private Summary summary;

    Batch(Summary begin, ErrorFile errors, Progress progress) {
      this.summary = begin;
      this.errors = errors;
      this.progress = progress;
    }

    void add(Entry entry) throws InterruptedException {
      if (entry instanceof Entry.Command command) {
        if (bytes + command.json().length > CommandSender.MAX_BATCH_BYTES) {
          send();
        }
        commands.add(command.json());
        bytes += command.json().length;
      }
      entries.add(entry);
      if (entries.size() == CommandSender.MAX_BATCH_COMMANDS) {
        send();
      }
    }

    void send() throws InterruptedException {
      if (entries.isEmpty()) {
        return;
      }
      List<Result> results = sender.send(commands);
      int answered = 0;
      for (Entry entry : entries) {
        switch (entry) {
          case Entry.Faulty faulty -> {
            errors.faulty(faulty);
            summary = summary.plusFaulty();
          }
          case Entry.Command command -> {
            Result result = results.get(answered++);
            if (!result.isAccepted()) {
              errors.refused(command, result);
            }
            summary = summary.plus(result);
          }
        }
      }
      checkpoint.save(summary, errors.bytes());
      progress.show(summary, entries.getLast().place().file());
      entries.clear();
      commands.clear();
      bytes = 0;
    }
  }
}
