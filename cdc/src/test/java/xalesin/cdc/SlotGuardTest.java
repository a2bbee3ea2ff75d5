package xalesin.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotGuardTest {
  private static final SlotIdentity IDENTITY = new SlotIdentity("7301", 1, "xalesin");
  private static final Lsn PUBLISHED = Lsn.parse("0/200");
  private static final Lsn CURRENT = Lsn.parse("0/300");

  @Test
  void a_slot_that_was_confirmed_up_to_what_is_published_or_less_continues() {
    SlotGuard.requireContinues(slot("reserved", null, PUBLISHED), IDENTITY, PUBLISHED);
    SlotGuard.requireContinues(slot("extended", null, Lsn.parse("0/100")), IDENTITY, PUBLISHED);
    SlotGuard.requireContinues(slot("unreserved", null, PUBLISHED), IDENTITY, PUBLISHED);
  }

  @Test
  void a_slot_that_is_ahead_names_both_positions() {
    assertThatThrownBy(
            () ->
                SlotGuard.requireContinues(
                    slot("reserved", null, Lsn.parse("0/201")), IDENTITY, PUBLISHED))
        .isInstanceOfSatisfying(
            SlotAheadException.class,
            e -> {
              assertThat(e.confirmed()).hasToString("0/201");
              assertThat(e.published()).isEqualTo(PUBLISHED);
              assertThat(e).hasMessageContaining("0/201").hasMessageContaining("0/200");
            });
  }

  @Test
  void a_slot_without_its_wal_is_lost() {
    assertLost(slot("lost", null, PUBLISHED), "wal_status lost");
    assertLost(slot("reserved", "idle_timeout", PUBLISHED), "idle_timeout");
  }

  @Test
  void a_slot_of_another_kind_is_not_used() {
    assertLost(
        new SlotState(
            IDENTITY, true, CURRENT, "test_decoding", true, "reserved", null, PUBLISHED, 0),
        "test_decoding");
    assertLost(
        new SlotState(IDENTITY, true, CURRENT, "pgoutput", false, "reserved", null, PUBLISHED, 0),
        "another database");
    assertLost(
        new SlotState(IDENTITY, false, CURRENT, "", false, "", null, null, 0), "does not exist");
    assertLost(slot("reserved", null, null), "no confirmed position");
  }

  @Test
  void another_cluster_or_timeline_is_not_continued() {
    for (SlotIdentity other :
        new SlotIdentity[] {
          new SlotIdentity("7302", 1, "xalesin"), new SlotIdentity("7301", 2, "xalesin")
        }) {
      assertThatThrownBy(
              () -> SlotGuard.requireContinues(slot("reserved", null, PUBLISHED), other, PUBLISHED))
          .isInstanceOf(IdentityChangedException.class);
    }
  }

  @Test
  void a_database_that_ends_before_what_is_published_is_an_older_copy() {
    assertThatThrownBy(
            () ->
                SlotGuard.requireContinues(
                    slot("reserved", null, PUBLISHED), IDENTITY, Lsn.parse("0/301")))
        .isInstanceOf(IdentityChangedException.class)
        .hasMessageContaining("older copy");
  }

  private static void assertLost(SlotState slot, String why) {
    assertThatThrownBy(() -> SlotGuard.requireContinues(slot, IDENTITY, PUBLISHED))
        .isInstanceOf(SlotLostException.class)
        .hasMessageContaining(why);
  }

  private static SlotState slot(
      String walStatus, @Nullable String invalidation, @Nullable Lsn confirmed) {
    return new SlotState(
        IDENTITY, true, CURRENT, "pgoutput", true, walStatus, invalidation, confirmed, 0);
  }
}
