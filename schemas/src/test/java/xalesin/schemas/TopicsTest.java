package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void a_tenant_lies_where_a_kafka_producer_would_put_its_key() {
    Random random = new Random(20261122);
    for (int length = 0; length <= 63; length++) {
      for (int sample = 0; sample < 50; sample++) {
        StringBuilder tenant = new StringBuilder();
        for (int i = 0; i < length; i++) {
          tenant.append("abcdefghijklmnopqrstuvwxyz0123456789-é€".charAt(random.nextInt(39)));
        }
        byte[] key = tenant.toString().getBytes(UTF_8);
        assertThat(Topics.partitionOf(tenant.toString()))
            .as(tenant.toString())
            .isEqualTo(Utils.toPositive(Utils.murmur2(key)) % Topics.PARTITIONS);
      }
    }
  }

  @Test
  void tenants_spread_over_all_partitions() {
    long used =
        java.util.stream.IntStream.range(0, 1_000)
            .map(i -> Topics.partitionOf("tenant-" + i))
            .distinct()
            .count();
    assertThat(used).isEqualTo(Topics.PARTITIONS);
  }

  @Test
  void the_log_is_kept_forever_and_views_are_compacted() {
    assertThat(Topics.events().config())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1");
    assertThat(Topics.viewSpec("inventory-items").config())
        .containsEntry("cleanup.policy", "compact");
    assertThat(Topics.all(List.of("inventory-items")))
        .extracting(Topics.Spec::name)
        .containsExactly(
            "xalesin.events",
            "xalesin.cdc.offsets",
            "xalesin.dead-letters",
            "xalesin.views.inventory-items");
  }
}
