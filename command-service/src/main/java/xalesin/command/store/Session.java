package xalesin.command.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import xalesin.schemas.Json;

/**
 * One transaction on the event store, for one thread, and for the tenants that it was begun for:
 * the rows of others are not there for it. What is not committed when it is closed is rolled back.
 * Every method throws {@link StoreException}.
 *
 * <p>Writers of one tenant share its advisory lock; a writer that has been overtaken takes it alone
 * and then cannot be overtaken again. Locks are always taken in the order of the tenants.
 */
public final class Session implements AutoCloseable {
  /** Rows held in memory at once while a long stream is read. */
  private static final int FETCH_ROWS = 1_000;

  private final Connection connection;
  private final Scope scope;
  private boolean ended;

  Session(Connection connection, SortedSet<String> tenants) {
    this.connection = connection;
    this.scope = new Scope(connection, tenants);
  }

  /** Gets the events of streams after a version, of each stream in order. */
  public interface EventReader {
    /**
     * @param data UTF-8 JSON
     */
    void read(int stream, long version, String type, int schemaVersion, byte[] data);
  }

  /** Keeps all other writers of these tenants out until the transaction ends. */
  public void lock(SortedSet<String> tenants) {
    try (Scope.Query lock = scope.prepare(Sql.LOCK)) {
      lock.setArray(1, texts(tenants));
      lock.execute();
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /**
   * Reads what has happened in streams since the versions that are known, 0 for all. Memory is
   * bounded however long a stream is.
   */
  public void tails(List<StreamKey> streams, long[] after, EventReader reader) {
    try (Scope.Query select = scope.prepare(Sql.TAILS)) {
      select.setFetchSize(FETCH_ROWS);
      select.setArray(1, texts(streams.stream().map(StreamKey::tenant).toList()));
      select.setArray(2, texts(streams.stream().map(StreamKey::stream).toList()));
      select.setArray(3, connection.createArrayOf("int8", boxed(after)));
      try (ResultSet row = select.read()) {
        while (row.next()) {
          reader.read(
              (int) row.getLong(1) - 1,
              row.getLong(2),
              row.getString(3),
              row.getInt(4),
              row.getBytes(5));
        }
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** The first answers to those of the keys that have been used. */
  public Map<IdempotencyKey, StoredAnswer.First> answers(Collection<IdempotencyKey> keys) {
    try (Scope.Query select = scope.prepare(Sql.ANSWERS)) {
      select.setArray(1, texts(keys.stream().map(IdempotencyKey::tenant).toList()));
      select.setArray(2, texts(keys.stream().map(IdempotencyKey::caller).toList()));
      select.setArray(3, texts(keys.stream().map(IdempotencyKey::key).toList()));
      Map<IdempotencyKey, StoredAnswer.First> found = new HashMap<>();
      try (ResultSet row = select.read()) {
        while (row.next()) {
          IdempotencyKey key =
              new IdempotencyKey(row.getString(1), row.getString(2), row.getString(3));
          StoredAnswer answer =
              new StoredAnswer(row.getInt(5), row.getString(6), headers(row.getString(7)));
          found.put(
              key,
              new StoredAnswer.First(
                  key, row.getBytes(4), answer, row.getTimestamp(8).toInstant()));
        }
      }
      return found;
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** Which stream holds each of the claims that are held. */
  public Map<ClaimKey, String> owners(Collection<ClaimKey> claims) {
    try (Scope.Query select = scope.prepare(Sql.OWNERS)) {
      select.setArray(1, texts(claims.stream().map(ClaimKey::tenant).toList()));
      select.setArray(2, texts(claims.stream().map(ClaimKey::kind).toList()));
      select.setArray(3, texts(claims.stream().map(ClaimKey::value).toList()));
      Map<ClaimKey, String> owners = new HashMap<>();
      try (ResultSet row = select.read()) {
        while (row.next()) {
          owners.put(
              new ClaimKey(row.getString(1), row.getString(2), row.getString(3)), row.getString(4));
        }
      }
      return owners;
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** The last number taken of each of the series of which some was. */
  public Map<SeriesKey, Long> lastNumbers(Collection<SeriesKey> series) {
    try (Scope.Query select = scope.prepare(Sql.LAST_NUMBERS)) {
      select.setArray(1, texts(series.stream().map(SeriesKey::tenant).toList()));
      select.setArray(2, texts(series.stream().map(SeriesKey::series).toList()));
      Map<SeriesKey, Long> numbers = new HashMap<>();
      try (ResultSet row = select.read()) {
        while (row.next()) {
          numbers.put(new SeriesKey(row.getString(1), row.getString(2)), row.getLong(3));
        }
      }
      return numbers;
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /**
   * Writes all of it, not yet committed. Throws {@link StoreException.Conflict} when a version, a
   * claim, a number or a key was taken by another writer in the meantime.
   */
  public void write(Changes changes) {
    try {
      new Writer(connection, scope).write(changes);
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** A setting of the server as it holds for this session. */
  String setting(String name) {
    try (PreparedStatement select = connection.prepareStatement("select current_setting(?)")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** Makes it durable. Throws {@link StoreException.OutcomeUnknown} when the connection breaks. */
  public void commit() {
    try {
      connection.commit();
      ended = true;
    } catch (SQLException e) {
      throw SqlErrors.translateCommit(e);
    }
  }

  @Override
  public void close() {
    // The pool rolls back what is open when the connection comes back, and tests it when in doubt.
    try (connection) {
      if (!ended) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The transaction is gone with its connection, which is as good as rolled back.
      ended = true;
    }
  }

  private Array texts(Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray(new String[0]));
  }

  private static Long[] boxed(long[] values) {
    Long[] boxed = new Long[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> headers(String json) {
    try {
      return Json.MAPPER.readValue(json, Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("damaged headers in xalesin.idempotency", e);
    }
  }
}
