package xalesin.projection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.ListRequest;
import xalesin.projection.TenantViews;
import xalesin.projection.finance.Accounts;
import xalesin.projection.inventory.StockMovements;
import xalesin.projection.view.Index;
import xalesin.schemas.finance.AccountRow;
import xalesin.schemas.finance.AccountType;

class ReadStatsTest {
  private static final String TENANT = "acme";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ROWS = 1_000;
  private static final int A_DAY = 10;
  private static final Index<AccountRow> BY_UPDATED = Accounts.BY_UPDATED;
  private static final IndexRange ALL = IndexRange.of(Accounts.VIEW, BY_UPDATED);

  @TempDir private Path folder;
  private SearchedStore store;

  /** Ten rows a day, from midnight on. */
  @BeforeEach
  void rows() {
    store = new SearchedStore(folder, List.of(Accounts.VIEW));
    for (int i = 0; i < ROWS; i++) {
      Instant at = START.plus(Duration.ofDays(1).dividedBy(A_DAY).multipliedBy(i));
      UUID id = new UUID(1, i);
      store.put(
          TENANT,
          Accounts.VIEW,
          id,
          new AccountRow(id, "C" + i, "Cash", AccountType.ASSET, null, "active", 1, at, at));
    }
    store.write();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void read(long ranges, long entries, long rows) {
    ReadStats.OfIndex reads = store.reads(Accounts.VIEW, BY_UPDATED);
    assertThat(List.of(reads.ranges(), reads.entries(), reads.rows()))
        .containsExactly(ranges, entries, rows);
  }

  @Test
  void a_page_looks_at_one_entry_more_than_it_has_rows_wherever_it_begins() {
    try (TenantViews views = store.snapshot(TENANT)) {
      var first = views.scan(ListRequest.of(ALL, null, 50));
      read(1, 51, 50);
      byte[] deep = views.anchors(ALL, 700, 1).getFirst();
      long walked = 51 + 701;
      read(1, walked, 50);
      assertThat(views.scan(ListRequest.of(ALL, deep, 50)).rows()).hasSize(50);
      read(2, walked + 51, 100);
      assertThat(first.touched()).isEqualTo(51);
    }
    assertThat(store.reads(Accounts.VIEW, Accounts.BY_CODE).entries()).isZero();
  }

  @Test
  void a_total_of_all_looks_at_no_entry() {
    try (TenantViews views = store.snapshot(TENANT)) {
      assertThat(views.count(ALL)).isEqualTo(ROWS);
    }
    read(0, 0, 0);
  }

  @Test
  void a_total_of_whole_days_looks_at_a_counter_a_day() {
    Instant from = START.plus(Duration.ofDays(10));
    IndexRange month = between(from, from.plus(Duration.ofDays(30)));
    try (TenantViews views = store.snapshot(TENANT)) {
      assertThat(views.count(month)).isEqualTo(30 * A_DAY);
    }
    read(0, 30, 0);
  }

  @Test
  void a_total_that_cuts_days_walks_what_is_left_of_them() {
    Instant noon = START.plus(Duration.ofDays(10)).plus(Duration.ofHours(12));
    IndexRange cut = between(noon, noon.plus(Duration.ofDays(5)));
    try (TenantViews views = store.snapshot(TENANT)) {
      assertThat(views.count(cut)).isEqualTo(5 * A_DAY);
    }
    read(0, 4 + A_DAY / 2 + A_DAY / 2, 0);
  }

  @Test
  void what_is_no_index_of_the_view_is_refused() {
    assertThatThrownBy(() -> store.reads(Accounts.VIEW, StockMovements.BY_DATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by-date");
  }

  private static IndexRange between(Instant from, Instant to) {
    return new IndexRange(
        Accounts.VIEW, BY_UPDATED, List.of(), Bound.inclusive(from), Bound.exclusive(to));
  }
}
