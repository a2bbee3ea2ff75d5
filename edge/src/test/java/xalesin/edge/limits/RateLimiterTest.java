package xalesin.edge.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static xalesin.edge.limits.Buckets.MUCH;
import static xalesin.edge.limits.Buckets.address;
import static xalesin.edge.limits.Buckets.read;
import static xalesin.edge.limits.Buckets.reads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.edge.RouteClass;
import xalesin.edge.limits.Verdict.Refusal;

class RateLimiterTest {
  @Test
  void a_flood_is_admitted_as_far_as_the_policy_goes_and_no_further() {
    Buckets buckets = new Buckets(reads(new Policy(1_000, 10), MUCH));
    int admitted = 0;
    for (int millis = 0; millis < 60_000; millis++) {
      admitted += buckets.admitted(1, "acme", "ann");
      buckets.pass(Duration.ofMillis(1));
    }
    // A thousand a second are asked for: the whole bucket and then a hundred a second.
    assertThat(admitted).isBetween(6_930, 7_000);
    assertThat(buckets.count("tenant", "admitted")).isEqualTo(admitted);
    assertThat(buckets.count("tenant", "refused")).isEqualTo(60_000 - admitted);
  }

  @Test
  void many_threads_are_admitted_exactly_as_often_as_one() throws Exception {
    Buckets buckets = new Buckets(reads(new Policy(10_000, 60), new Policy(6_000, 60)));
    int threads = 8;
    CountDownLatch start = new CountDownLatch(threads);
    List<Future<Integer>> all = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        String user = i % 2 == 0 ? "ann" : "bob";
        all.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return buckets.admitted(5_000, "acme", user);
                }));
      }
    }
    int admitted = 0;
    for (Future<Integer> each : all) {
      admitted += each.get();
    }
    assertThat(admitted).isEqualTo(10_000);
  }

  @Test
  void headers_name_both_policies_and_count_down_to_the_request() {
    Buckets buckets = new Buckets(reads(new Policy(100, 10), new Policy(20, 10)));
    Verdict first = buckets.read("acme", "ann");
    assertThat(first.policy()).isEqualTo("\"tenant-read\";q=100;w=10, \"caller-read\";q=20;w=10");
    assertThat(first.state()).isEqualTo("\"tenant-read\";r=99;t=1, \"caller-read\";r=19;t=1");
    assertThat(List.of(first.limit(), first.remaining(), first.resetSeconds()))
        .containsExactly("20", 19L, 1L);
    buckets.admitted(19, "acme", "ann");
    Verdict refused = buckets.read("acme", "ann");
    assertThat(refused.state()).isEqualTo("\"tenant-read\";r=80;t=2, \"caller-read\";r=0;t=10");
    assertThat(refused.remaining()).isZero();
    assertThat(refused.resetSeconds()).isEqualTo(10);
    assertThat(Objects.requireNonNull(refused.refusal()).by()).isEqualTo("caller-read");
    Verdict other = buckets.read("acme", "bob");
    assertThat(other.state()).isEqualTo("\"tenant-read\";r=79;t=3, \"caller-read\";r=19;t=1");
  }

  @Test
  void a_reset_is_right_to_the_second() {
    Buckets buckets = new Buckets(reads(MUCH, new Policy(60, 60)));
    Verdict last = buckets.read("acme", "ann");
    for (int i = 1; i < 30; i++) {
      last = buckets.read("acme", "ann");
    }
    assertThat(last.resetSeconds()).isEqualTo(30);
    buckets.pass(Duration.ofMillis(29_999));
    // Then 59.999 were there, and one is taken.
    Verdict next = buckets.read("acme", "ann");
    assertThat(next.remaining()).isEqualTo(58);
    assertThat(next.resetSeconds()).isEqualTo(2);
    buckets.pass(Duration.ofSeconds(next.resetSeconds()));
    assertThat(buckets.read("acme", "ann").remaining()).isEqualTo(59);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_retry_after_that_is_obeyed_succeeds(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Policy ofTenant = new Policy(1 + random.nextInt(200), 1 + random.nextInt(100));
      Policy ofCaller = new Policy(1 + random.nextInt(200), 1 + random.nextInt(100));
      Buckets buckets = new Buckets(reads(ofTenant, ofCaller));
      for (int refusals = 0; refusals < 20; ) {
        Refusal refusal = buckets.read("acme", "ann").refusal();
        if (refusal == null) {
          buckets.pass(Duration.ofNanos(random.nextInt(5_000_000)));
          continue;
        }
        refusals++;
        assertThat(refusal.retryAfterSeconds()).isPositive();
        buckets.pass(Duration.ofSeconds(refusal.retryAfterSeconds()));
        assertThat(buckets.read("acme", "ann").refusal())
            .as("seed %d: tenant %s, caller %s", seed, ofTenant, ofCaller)
            .isNull();
      }
    }
  }

  @Test
  void a_retry_after_is_no_longer_than_need_be() {
    Buckets buckets = new Buckets(reads(MUCH, new Policy(10, 60)));
    buckets.admitted(10, "acme", "ann");
    Refusal refusal = Objects.requireNonNull(buckets.read("acme", "ann").refusal());
    assertThat(refusal.retryAfterSeconds()).isEqualTo(6);
    buckets.pass(Duration.ofMillis(5_999));
    assertThat(buckets.read("acme", "ann").refusal()).isNotNull();
  }

  @Test
  void a_tenant_at_ten_times_its_limit_costs_another_none_of_its_own() {
    Buckets buckets = new Buckets(reads(new Policy(1_000, 1), MUCH));
    int greedy = 0;
    int modest = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      greedy += buckets.admitted(10, "greedy", "ann");
      modest += buckets.admitted(1, "modest", "bob");
      buckets.pass(Duration.ofMillis(1));
    }
    assertThat(modest).isEqualTo(10_000);
    assertThat(greedy).isBetween(10_990, 11_000);
  }

  @Test
  void one_user_at_ten_times_the_limit_leaves_the_rest_to_the_tenants_others() {
    Buckets buckets = new Buckets(reads(new Policy(1_000, 1), new Policy(200, 1)));
    assertThat(buckets.admitted(2_000, "acme", "greedy")).isEqualTo(200);
    assertThat(buckets.admitted(200, "acme", "ann")).isEqualTo(200);
    assertThat(buckets.admitted(1, "other", "greedy")).isEqualTo(1);
  }

  @Test
  void a_refused_request_costs_neither_bucket_a_token() {
    Buckets buckets = new Buckets(reads(new Policy(10, 10), new Policy(100, 10)));
    buckets.admitted(50, "acme", "ann");
    assertThat(buckets.read("acme", "ann").state())
        .isEqualTo("\"tenant-read\";r=0;t=10, \"caller-read\";r=90;t=1");
  }

  @Test
  void classes_have_buckets_of_their_own() {
    Buckets buckets = new Buckets(reads(new Policy(5, 10), MUCH));
    assertThat(buckets.admitted(10, "acme", "ann")).isEqualTo(5);
    assertThat(buckets.limiter.charge(RouteClass.COMMAND, "acme", "ann").refusal()).isNull();
    assertThat(buckets.limiter.charge(RouteClass.SEARCH, "acme", "ann").refusal()).isNull();
  }

  @Test
  void a_tenant_may_have_policies_of_its_own() {
    Policies policies =
        new Policies(
            read(new Policy(10, 10)),
            null,
            null,
            Map.of("big", new Policies.TenantPolicies(read(new Policy(50, 10)), null)));
    Buckets buckets = new Buckets(LimitsConfig.GENEROUS.withPolicies(policies));
    assertThat(buckets.admitted(100, "big", "ann")).isEqualTo(50);
    assertThat(buckets.admitted(100, "small", "ann")).isEqualTo(10);
  }

  @Test
  void a_changed_policy_holds_at_once_and_keeps_the_proportion_of_what_is_left() {
    LimitsConfig config = reads(new Policy(100, 10), MUCH);
    Buckets buckets = new Buckets(config);
    buckets.admitted(50, "acme", "ann");
    buckets.limiter.use(reads(new Policy(1_000, 10), MUCH).policies());
    assertThat(buckets.admitted(2_000, "acme", "ann")).isEqualTo(500);
    buckets.limiter.use(reads(new Policy(10, 10), MUCH).policies());
    assertThat(buckets.admitted(10, "acme", "ann")).isZero();
    buckets.pass(Duration.ofSeconds(10));
    assertThat(buckets.admitted(100, "acme", "ann")).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void the_nodes_together_admit_what_the_policy_allows(int nodes) {
    LimitsConfig config = reads(new Policy(1_000, 10), MUCH).withNodes(nodes);
    List<Buckets> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      all.add(new Buckets(config));
    }
    int admitted = 0;
    for (int i = 0; i < 100_000; i++) {
      Buckets node = all.get(i % nodes);
      admitted += node.admitted(1, "acme", "ann");
      all.forEach(each -> each.pass(Duration.ofMillis(1)));
    }
    assertThat((double) admitted).isCloseTo(11_000, within(11_000 * 0.01));
  }

  @Test
  void a_node_without_a_request_left_says_so_although_others_may_have_some() {
    Buckets buckets = new Buckets(reads(MUCH, new Policy(10, 60)).withNodes(3));
    assertThat(buckets.admitted(10, "acme", "ann")).isEqualTo(3);
    Verdict refused = buckets.read("acme", "ann");
    assertThat(refused.remaining()).isZero();
    buckets.pass(Duration.ofSeconds(Objects.requireNonNull(refused.refusal()).retryAfterSeconds()));
    assertThat(buckets.read("acme", "ann").refusal()).isNull();
  }

  @Test
  void a_policy_that_the_nodes_cannot_share_is_refused() {
    assertThatThrownBy(() -> reads(MUCH, new Policy(2, 10)).withNodes(3))
        .hasMessage("caller-read 2/10s is less than one request for each of 3 nodes");
  }

  @Test
  void a_million_addresses_and_a_hundred_thousand_callers_are_held_in_bounded_memory() {
    int room = 20_000;
    Buckets buckets = new Buckets(LimitsConfig.GENEROUS.withKeys(room));
    for (int i = 0; i < 1_000_000; i++) {
      buckets.limiter.charge(address(i));
      if (i < 100_000) {
        buckets.read("acme", "user-" + i);
      }
      if (i % 50_000 == 0) {
        assertThat(buckets.keys("address")).isLessThanOrEqualTo(room + 1);
        assertThat(buckets.keys("caller")).isLessThanOrEqualTo(room + 1);
      }
    }
    assertThat(buckets.keys("address")).isBetween(room * 0.9, room + 1.0);
    assertThat(buckets.keys("tenant")).isEqualTo(1);
  }

  @Test
  void going_round_more_keys_than_there_is_room_for_gains_nothing() {
    int quota = 10;
    int keys = 5_000;
    Buckets buckets = new Buckets(address(new Policy(quota, 3_600)).withKeys(1_000));
    int admitted = 0;
    for (int round = 0; round < 6; round++) {
      for (int key = 0; key < keys; key++) {
        for (int i = 0; i < 2 * quota; i++) {
          admitted += buckets.limiter.charge(address(key)).refusal() == null ? 1 : 0;
        }
      }
    }
    assertThat(admitted).isLessThanOrEqualTo(quota * keys);
  }

  @Test
  void a_key_is_forgotten_when_its_bucket_is_full_again_and_not_before() {
    Buckets buckets = new Buckets(address(new Policy(10, 60)));
    for (int i = 0; i < 10; i++) {
      buckets.limiter.charge(address(1));
    }
    buckets.pass(Duration.ofSeconds(59));
    // Nine are there again. Had it been forgotten there would be ten.
    assertThat(buckets.limiter.charge(address(1)).remaining()).isEqualTo(8);
    buckets.pass(Duration.ofSeconds(61));
    for (int i = 2; i < 5_000; i++) {
      buckets.limiter.charge(address(i));
    }
    assertThat(buckets.keys("address")).isLessThanOrEqualTo(4_998);
  }
}
