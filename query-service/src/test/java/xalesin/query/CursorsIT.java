package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Cursors: where they open, where they do not, and that a moving list loses nothing that stands.
 */
@ExtendWith(TestNode.Started.class)
class CursorsIT {
  private static final String ITEMS = "/api/inventory-items?limit=3";

  private final TestNode node = TestNode.shared();

  private TenantStory tenantWithItems(String prefix, int items) {
    TenantStory story = TenantStory.of(prefix, node::send);
    for (int i = 0; i < items; i++) {
      story.after(1_000).create("S-%04d".formatted(i), i % 2 == 0 ? "even" : "odd");
    }
    node.reader(story.tenant()).getAfter(story, ITEMS).expect(200);
    return story;
  }

  private static void refused(Answer answer) {
    assertThat(answer.problem(400, "invalid-cursor").path("detail").asText())
        .contains("nextCursor");
  }

  @Test
  void a_cursor_opens_for_its_own_tenant_list_and_filters_only() {
    TenantStory one = tenantWithItems("cursor", 10);
    TenantStory two = tenantWithItems("cursor", 10);
    Reader reader = node.reader(one.tenant());
    String cursor = reader.get(ITEMS + "&status=active").nextCursor();

    assertThat(reader.get(ITEMS + "&status=active&cursor=" + cursor).ids()).hasSize(3);
    assertThat(
            reader
                .get("/api/inventory-items?status=active&limit=5&fields=id&cursor=" + cursor)
                .ids())
        .as("page size and fields are no part of the question")
        .hasSize(5);
    refused(node.reader(two.tenant()).get(ITEMS + "&status=active&cursor=" + cursor));
    refused(reader.get(ITEMS + "&cursor=" + cursor));
    refused(reader.get(ITEMS + "&status=inactive&cursor=" + cursor));
    refused(reader.get(ITEMS + "&status=active&category=odd&cursor=" + cursor));
    refused(reader.get(ITEMS + "&status=active&updatedAt.gte=2025-11-01&cursor=" + cursor));
    refused(reader.get("/api/stock-movements?limit=3&cursor=" + cursor));
    refused(reader.get(ITEMS + "&status=active&cursor=AAAA"));
    refused(reader.get(ITEMS + "&status=active&cursor="));
  }

  @Test
  void every_flipped_bit_of_a_cursor_is_refused() {
    TenantStory story = tenantWithItems("flipped", 10);
    Reader reader = node.reader(story.tenant());
    String cursor = String.valueOf(reader.get(ITEMS).nextCursor());
    byte[] letters = cursor.getBytes(StandardCharsets.US_ASCII);
    for (int bit = 0; bit < letters.length * 8; bit++) {
      byte[] flipped = letters.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String text = new String(flipped, StandardCharsets.ISO_8859_1);
      refused(reader.get(ITEMS + "&cursor=" + Reader.encoded(text)));
    }
    assertThat(reader.get(ITEMS + "&cursor=" + cursor).ids()).hasSize(3);
  }

  @Test
  void a_row_that_stands_still_is_met_once_while_others_move() throws Exception {
    TenantStory story = tenantWithItems("moving", 120);
    List<UUID> ids = new ArrayList<>();
    story.items().forEach(item -> ids.add(item.id));
    Set<String> still = new HashSet<>();
    List<UUID> moving = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (i % 3 == 0) {
        moving.add(ids.get(i));
      } else {
        still.add(ids.get(i).toString());
      }
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> move(story, moving, stop));
    try {
      Reader reader = node.reader(story.tenant());
      for (String list :
          List.of(
              "", "&status=active", "&status=active,inactive", "&sort=sku", "&category=even,odd")) {
        for (int round = 0; round < 3; round++) {
          List<String> met = reader.walk(ITEMS + list);
          assertThat(met.stream().filter(still::contains)).as(list).hasSameSizeAs(still);
          assertThat(met.stream().filter(still::contains)).doesNotHaveDuplicates();
        }
      }
    } finally {
      stop.set(true);
      writer.join();
    }
    assertThat(story.items()).anyMatch(item -> item.version > 1);
  }

  /** Updates, moves between statuses and categories, deletes and creates. */
  private static void move(TenantStory story, List<UUID> moving, AtomicBoolean stop) {
    Random random = new Random(7);
    for (int i = 0; i < 200_000 && !stop.get(); i++) {
      int which = random.nextInt(moving.size());
      UUID id = moving.get(which);
      story.after(1);
      switch (random.nextInt(5)) {
        case 0 -> story.deactivate(id);
        case 1 -> story.activate(id);
        case 2 -> story.recategorise(id, random.nextBoolean() ? "even" : "odd");
        case 3 -> {
          story.delete(id);
          moving.set(which, story.create("S-%04dx%d".formatted(random.nextInt(120), i), "odd"));
        }
        default -> story.receive(id, 1);
      }
    }
  }
}
