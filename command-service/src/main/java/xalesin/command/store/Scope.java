package xalesin.command.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedSet;

/**
 * The tenants that a transaction is about. The server shows it the rows of no other. It is told
 * them on the way with the transaction's first statement, in one round trip with it. For one
 * thread.
 */
final class Scope {
  private static final String TELL = "select set_config('xalesin.tenants', ?, true);\n";

  private final Connection connection;
  private final String tenants;
  private boolean told;

  Scope(Connection connection, SortedSet<String> tenants) {
    this.connection = connection;
    this.tenants = String.join(",", tenants);
  }

  /** A statement whose parameters are counted from 1, whatever goes before it. */
  Query prepare(String sql) throws SQLException {
    if (told) {
      return new Query(connection.prepareStatement(sql), false);
    }
    told = true;
    PreparedStatement statement = connection.prepareStatement(TELL + sql);
    statement.setString(1, tenants);
    return new Query(statement, true);
  }

  /** One execution of a statement. */
  static final class Query implements AutoCloseable {
    private final PreparedStatement statement;
    private final boolean isSecond;

    private Query(PreparedStatement statement, boolean isSecond) {
      this.statement = statement;
      this.isSecond = isSecond;
    }

    void setFetchSize(int rows) throws SQLException {
      statement.setFetchSize(rows);
    }

    void setArray(int parameter, Array value) throws SQLException {
      statement.setArray(isSecond ? parameter + 1 : parameter, value);
    }

    ResultSet read() throws SQLException {
      execute();
      return statement.getResultSet();
    }

    /**
     * @return how many rows were written
     */
    int write() throws SQLException {
      execute();
      return statement.getUpdateCount();
    }

    void execute() throws SQLException {
      statement.execute();
      if (isSecond) {
        statement.getMoreResults();
      }
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }
}
