package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xalesin.schemas.RowTypes;

/** What a view writes is part of the contract: each view has its line in {@link RowTypes}. */
class PublishedRowsTest {
  @Test
  void every_view_is_published_with_its_row() {
    Map<String, Class<?>> views = new LinkedHashMap<>();
    ViewCatalog.ALL.forEach(view -> views.put(view.name(), view.rowClass()));
    Map<String, Class<?>> published = new LinkedHashMap<>();
    RowTypes.all().forEach(row -> published.put(row.name(), row.recordClass()));
    assertThat(published).isEqualTo(views);
  }
}
