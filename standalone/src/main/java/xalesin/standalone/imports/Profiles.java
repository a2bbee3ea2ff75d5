package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Json;

/** Finds profiles: those built in by name, others by their file. */
final class Profiles {
  /** The names of the profiles that are built in. */
  static final List<String> BUILT_IN = List.of("northwind");

  private static final int MAX_BYTES = 1024 * 1024;

  private Profiles() {}

  /**
   * @throws UsageException when there is none
   * @throws ImportException saying where the profile is wrong
   */
  static Profile load(String nameOrFile) {
    try {
      if (BUILT_IN.contains(nameOrFile)) {
        String resource = "/xalesin/profiles/" + nameOrFile + ".json";
        try (InputStream file = Profiles.class.getResourceAsStream(resource)) {
          if (file == null) {
            throw new IllegalStateException("the resource " + resource + " is missing");
          }
          return parse(nameOrFile, file.readAllBytes());
        }
      }
      Path file = Path.of(nameOrFile);
      if (!Files.isRegularFile(file)) {
        throw new UsageException(
            "there is no profile %s: neither a file nor built in (%s)"
                .formatted(nameOrFile, String.join(", ", BUILT_IN)));
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new ImportException("the profile " + file + " is longer than 1 MiB");
      }
      return parse(nameOrFile, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ImportException("the profile %s cannot be read".formatted(nameOrFile), e);
    }
  }

  static Profile parse(String name, byte[] json) throws IOException {
    Profile profile;
    try {
      profile = Json.STRICT.readValue(json, Profile.class);
    } catch (JsonMappingException e) {
      StringBuilder pointer = new StringBuilder();
      for (JsonMappingException.Reference step : e.getPath()) {
        pointer
            .append('/')
            .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
      }
      String detail =
          e.getCause() instanceof InvalidValueException invalid
              ? (invalid.field().isEmpty() ? "" : "/" + invalid.field())
                  + ": "
                  + invalid.getMessage()
              : ": " + e.getOriginalMessage();
      throw new ImportException("the profile " + name + " is wrong at " + pointer + detail, e);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new ImportException(
          "the profile %s is not JSON: %s, line %d"
              .formatted(name, e.getOriginalMessage(), e.getLocation().getLineNr()),
          e);
    }
    check(name, profile);
    return profile;
  }

  /** Every template can be parsed, every lookup and join is there. */
  private static void check(String name, Profile profile) {
    for (Profile.FileMapping file : profile.files()) {
      for (Profile.CommandMapping command : file.commands()) {
        String where =
            "the profile %s is wrong in %s, %s: ".formatted(name, file.file(), command.command());
        try {
          Mapping mapping = new Mapping(profile.name(), command);
          for (String lookup : mapping.lookups()) {
            if (!profile.lookupsByName().containsKey(lookup)) {
              throw new ImportException(where + "there is no lookup \"" + lookup + "\"");
            }
          }
          for (String join : mapping.joinedColumns().keySet()) {
            if (!file.joinsByName().containsKey(join)) {
              throw new ImportException(where + "there is no join \"" + join + "\"");
            }
          }
        } catch (IllegalArgumentException e) {
          throw new ImportException(where + e.getMessage(), e);
        }
      }
    }
  }
}
