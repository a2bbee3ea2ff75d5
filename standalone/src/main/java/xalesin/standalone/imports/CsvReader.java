package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file (RFC 4180, UTF-8, with a header). After a fault in quoting or encoding nothing
 * that follows can be trusted, so that ends the file; a row of another width is told by {@link
 * Row#fault}. For one thread.
 */
final class CsvReader implements Closeable {
  /** A quote that is never closed would otherwise make the rest of the file one value. */
  static final int MAX_ROW_CHARS = 1024 * 1024;

  static final int MAX_COLUMNS = 1_000;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private final Path file;
  private final RowBound bound;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final Map<String, Integer> columns = new HashMap<>();
  private long endLine;

  /**
   * A row.
   *
   * @param fault why its values must not be used, or null
   */
  record Row(Place place, Map<String, Integer> columns, CSVRecord record, @Nullable String fault) {
    /** The value of a column that the header has. */
    String value(String column) {
      Integer index = columns.get(column);
      if (index == null) {
        throw new IllegalStateException("no column " + column + " in " + place.file());
      }
      return record.get(index);
    }

    /** The row, for who cannot go on with one that is faulty. */
    Row sound() {
      if (fault != null) {
        throw place.fault(fault);
      }
      return this;
    }
  }

  /**
   * Opens the file and reads its header.
   *
   * @param needed columns that must be there
   */
  CsvReader(Path file, Collection<String> needed) {
    this.file = file;
    try {
      this.bound =
          new RowBound(
              new InputStreamReader(
                  Utf8.open(file),
                  UTF_8
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)),
              MAX_ROW_CHARS);
      this.parser = CSVParser.builder().setReader(bound).setFormat(FORMAT).get();
      this.records = parser.iterator();
    } catch (IOException e) {
      throw new ImportException(file + " cannot be read: " + e.getMessage(), e);
    }
    try {
      readHeader(needed);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void readHeader(Collection<String> needed) {
    CSVRecord header = read();
    Place place = new Place(file, 1);
    if (header == null) {
      throw place.fault("is empty, a header is expected");
    }
    if (header.size() > MAX_COLUMNS) {
      throw place.fault("has more than %d columns".formatted(MAX_COLUMNS));
    }
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i).strip();
      if (columns.put(column, i) != null) {
        throw place.fault("the header has the column \"%s\" twice".formatted(column));
      }
    }
    List<String> missing = new ArrayList<>(needed.stream().distinct().sorted().toList());
    missing.removeAll(columns.keySet());
    if (!missing.isEmpty()) {
      throw place.fault(
          "the header lacks %s; it has %s"
              .formatted(String.join(", ", missing), String.join(", ", header.toList())));
    }
  }

  /** The next row, or null at the end. */
  @Nullable Row next() {
    CSVRecord row = read();
    if (row == null) {
      return null;
    }
    Place place = new Place(file, endLine - lineBreaks(row));
    String fault =
        row.size() == columns.size()
            ? null
            : "has %d columns, the header has %d".formatted(row.size(), columns.size());
    return new Row(place, columns, row, fault);
  }

  private @Nullable CSVRecord read() {
    bound.beginRow();
    try {
      if (!records.hasNext()) {
        return null;
      }
      CSVRecord row = records.next();
      endLine = parser.getCurrentLineNumber();
      return row;
    } catch (UncheckedIOException e) {
      throw faultOf(e);
    } catch (IllegalStateException e) {
      throw here().fault("is not CSV: " + e.getMessage(), e);
    }
  }

  private ImportException faultOf(UncheckedIOException e) {
    if (e.getCause() instanceof CharacterCodingException) {
      try {
        return new Place(file, Utf8.firstMalformedLine(file, MAX_ROW_CHARS))
            .fault("is not UTF-8: save the file in that encoding", e);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
    }
    String message = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return here().fault("is not CSV: " + message, e);
  }

  /** The row after the last whole one. */
  private Place here() {
    return new Place(file, endLine + 1);
  }

  private static long lineBreaks(CSVRecord row) {
    long breaks = 0;
    for (String value : row) {
      breaks += value.chars().filter(c -> c == '\n').count();
    }
    return breaks;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new ImportException(file + " cannot be closed", e);
    }
  }
}
