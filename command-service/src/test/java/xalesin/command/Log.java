package xalesin.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import xalesin.command.settings.DefaultCompany;
import xalesin.embedded.Database;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;

/** What tests look at in the tables. */
record Log(Database database) {
  record Row(long version, String type, String data, Map<String, String> columns) {
    DomainEvent event() {
      return EventTypes.read(type, 1, data.getBytes(UTF_8));
    }
  }

  /** The events of a stream in order. */
  List<Row> stream(String tenant, String id) {
    return rows(
        "select * from xalesin.events where tenant = ? and stream like '%/' || ? order by version",
        tenant, id);
  }

  /** All that has happened in the tenant but its founding: its settings and chart of accounts. */
  List<Row> tenant(String tenant) {
    List<Row> rows = all(tenant);
    Set<String> founding =
        DefaultCompany.FOUNDING.events().stream()
            .map(part -> part.stream().toString())
            .collect(Collectors.toSet());
    List<Row> others = new ArrayList<>(rows);
    others.removeIf(row -> row.version() == 1 && founding.contains(row.columns().get("stream")));
    int founded = rows.size() - others.size();
    if (founded != 0 && founded != founding.size()) {
      throw new AssertionError(tenant + " is founded in part: " + rows);
    }
    return others;
  }

  /** All that has happened in the tenant. */
  List<Row> all(String tenant) {
    return rows("select * from xalesin.events where tenant = ? order by stream, version", tenant);
  }

  private List<Row> rows(String sql, String... parameters) {
    try (Connection connection = database.connect();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setString(i + 1, parameters[i]);
      }
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Map<String, String> columns = new LinkedHashMap<>();
          for (int c = 1; c <= row.getMetaData().getColumnCount(); c++) {
            String value = row.getString(c);
            columns.put(row.getMetaData().getColumnName(c), value == null ? "" : value);
          }
          rows.add(
              new Row(
                  row.getLong("version"), row.getString("type"), row.getString("data"), columns));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
