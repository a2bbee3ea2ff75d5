package xalesin.standalone.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/** One file to import, and how it is read. */
sealed interface Input {
  Path file();

  /** Reads it from its beginning. */
  EntryReader open();

  /** Lines of commands. */
  record Ndjson(Path file, String contentHash) implements Input {
    @Override
    public EntryReader open() {
      return new NdjsonReader(file, contentHash);
    }
  }

  /** Rows that a profile makes commands of. */
  record Csv(Path file, Profile profile, Profile.FileMapping mapping) implements Input {
    @Override
    public EntryReader open() {
      return new ProfileReader(profile, mapping, file);
    }
  }

  /**
   * What the paths of the command line mean: NDJSON files as they are; CSV files, or folders of
   * them, through the profile, in its order.
   *
   * @throws UsageException when a path does not exist or cannot be read that way
   */
  static List<Input> of(List<Path> paths, @Nullable Profile profile) {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
      if (Files.isDirectory(path)) {
        inputs.addAll(folder(path, needed(profile, path)));
      } else if (!Files.isReadable(path)) {
        throw new UsageException(path + " does not exist or may not be read");
      } else if (name.endsWith(".csv")) {
        inputs.addAll(csv(path, needed(profile, path)));
      } else if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
        inputs.add(new Ndjson(path, hash(List.of(path), "").substring(0, 32)));
      } else {
        throw new UsageException(
            path + " is none of *.ndjson, *.jsonl, *.csv, a folder of CSV files");
      }
    }
    return List.copyOf(inputs);
  }

  private static Profile needed(@Nullable Profile profile, Path path) {
    if (profile == null) {
      throw new UsageException(path + " needs --profile, which says what its columns mean");
    }
    return profile;
  }

  private static List<Input> folder(Path folder, Profile profile) {
    List<Input> inputs = new ArrayList<>();
    for (Profile.FileMapping mapping : profile.files()) {
      Path file = folder.resolve(mapping.file());
      if (!Files.isReadable(file)) {
        throw new UsageException(
            "%s lacks %s, which the profile %s imports"
                .formatted(folder, mapping.file(), profile.name()));
      }
      inputs.add(new Csv(file, profile, mapping));
    }
    return inputs;
  }

  private static List<Input> csv(Path file, Profile profile) {
    String name = String.valueOf(file.getFileName());
    List<Input> readings =
        profile.files().stream()
            .filter(mapping -> mapping.file().equals(name))
            .map(mapping -> (Input) new Csv(file, profile, mapping))
            .toList();
    if (readings.isEmpty()) {
      throw new UsageException(
          "the profile %s has nothing for %s; it imports %s"
              .formatted(
                  profile.name(),
                  name,
                  String.join(
                      ", ",
                      profile.files().stream()
                          .map(Profile.FileMapping::file)
                          .distinct()
                          .toList())));
    }
    return readings;
  }

  /** Every file whose content decides what is sent: the inputs and what they refer to. */
  static List<Path> filesRead(List<Input> inputs) {
    List<Path> files = new ArrayList<>();
    for (Input input : inputs) {
      files.add(input.file());
      if (input instanceof Csv csv) {
        csv.profile().lookupsByName().values().stream()
            .map(Profile.Lookup::file)
            .filter(Objects::nonNull)
            .forEach(file -> files.add(input.file().resolveSibling(file)));
        csv.mapping().joinsByName().values().stream()
            .map(Profile.Join::file)
            .forEach(file -> files.add(input.file().resolveSibling(file)));
      }
    }
    return files.stream().distinct().filter(Files::isReadable).toList();
  }

  /** Tells this import from every other: its target, its profile, and all that it reads. */
  static String hash(List<Input> inputs, @Nullable Profile profile, String target) {
    String mapping = profile == null ? "" : new String(Json.write(profile), StandardCharsets.UTF_8);
    return hash(filesRead(inputs), target + "\n" + mapping);
  }

  private static String hash(List<Path> files, String more) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(more.getBytes(StandardCharsets.UTF_8));
      byte[] buffer = new byte[64 * 1024];
      for (Path file : files) {
        // The length keeps the end of one file apart from the beginning of the next.
        sha256.update(("\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
        try (InputStream stream = Files.newInputStream(file)) {
          for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            sha256.update(buffer, 0, read);
          }
        } catch (IOException e) {
          throw new ImportException(file + " cannot be read", e);
        }
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException e) {
      throw new ImportException("the input cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
