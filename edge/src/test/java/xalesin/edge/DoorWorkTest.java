package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.await;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.post;
import static xalesin.edge.TestDoor.problem;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xalesin.edge.limits.WorkConfig;
import xalesin.edge.limits.WorkConfig.Places;

class DoorWorkTest {
  private static final byte[] OK = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Duration LONG = TestDoor.PATIENCE;

  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    go.countDown();
    senders.close();
  }

  private TestDoor door(Places reads, Duration patience) {
    WorkConfig usual = WorkConfig.USUAL;
    WorkConfig work =
        new WorkConfig(usual.command(), reads, usual.search(), usual.live(), patience);
    return new TestDoor(
        HttpDoorConfig.of(0).withWork(work),
        List.of(
            get("/api/slow", Role.VIEWER, this::slow),
            get("/api/quick", Role.VIEWER, x -> x.json(200, OK)),
            get("/api/waiting", Role.VIEWER, x -> x.json(200, x.await(this::waitsForAWrite))),
            post("/api/command", Role.CLERK, x -> x.json(200, OK))));
  }

  private void slow(Exchange exchange) throws InterruptedException {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    go.await(LONG.toSeconds(), TimeUnit.SECONDS);
    inside.decrementAndGet();
    served.incrementAndGet();
    exchange.json(200, OK);
  }

  private boolean waitsForAWrite() throws InterruptedException {
    inside.incrementAndGet();
    return go.await(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private Future<HttpResponse<String>> send(TestDoor door, String tenant, String path) {
    return senders.submit(
        () ->
            door.send(
                door.request(path)
                    .header("Authorization", "Bearer " + door.tokenOf(tenant, "ann"))
                    .GET()));
  }

  private List<Future<HttpResponse<String>>> send(TestDoor door, int times, String tenant) {
    List<Future<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      sent.add(send(door, tenant, "/api/slow"));
    }
    return sent;
  }

  private static double gauge(TestDoor door, String name) {
    return door.registry.get(name).tag("class", "read").gauge().value();
  }

  private static double shed(TestDoor door, String reason) {
    return door.registry
        .get("http.server.work.shed")
        .tags("class", "read", "reason", reason)
        .counter()
        .count();
  }

  @Test
  void at_ten_times_the_places_work_and_waiting_stay_bounded_and_others_are_served()
      throws Exception {
    try (TestDoor door = door(new Places(4, 8), LONG)) {
      List<Future<HttpResponse<String>>> greedy = send(door, 120, "greedy");
      await().untilAsserted(() -> assertThat(shed(door, "tenant-share")).isEqualTo(114));
      await().untilAsserted(() -> assertThat(gauge(door, "http.server.work.waiting")).isEqualTo(4));
      assertThat(gauge(door, "http.server.work")).isEqualTo(2);

      List<Future<HttpResponse<String>>> others = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        others.add(send(door, "other-" + i, "/api/slow"));
      }
      await().untilAsserted(() -> assertThat(gauge(door, "http.server.work.waiting")).isEqualTo(8));
      HttpResponse<String> tooMuch = send(door, "last", "/api/slow").get();
      problem(tooMuch, 503, "overloaded");
      assertThat(tooMuch.headers().firstValue("Retry-After")).contains("1");
      assertThat(tooMuch.headers().firstValue("RateLimit")).isPresent();
      assertThat(shed(door, "queue-full")).isEqualTo(1);

      go.countDown();
      for (Future<HttpResponse<String>> other : others) {
        assertThat(other.get().statusCode()).isEqualTo(200);
      }
      int served200 = 0;
      for (Future<HttpResponse<String>> each : greedy) {
        served200 += each.get().statusCode() == 200 ? 1 : 0;
      }
      assertThat(served200).isEqualTo(6);
      assertThat(served).hasValue(12);
      assertThat(most).hasValue(4);
    }
  }

  @Test
  void a_tenant_whose_every_request_is_slow_leaves_half_of_the_places_to_the_others()
      throws Exception {
    try (TestDoor door = door(new Places(4, 8), LONG)) {
      List<Future<HttpResponse<String>>> greedy = send(door, 6, "greedy");
      await().untilAsserted(() -> assertThat(gauge(door, "http.server.work.waiting")).isEqualTo(4));
      for (int i = 0; i < 20; i++) {
        assertThat(send(door, "other", "/api/quick").get().statusCode()).isEqualTo(200);
      }
      assertThat(served).as("slow ones that are done").hasValue(0);
      go.countDown();
      for (Future<HttpResponse<String>> each : greedy) {
        assertThat(each.get().statusCode()).isEqualTo(200);
      }
      assertThat(most).hasValue(2);
    }
  }

  @Test
  void a_class_that_is_full_leaves_the_others_alone() throws Exception {
    try (TestDoor door = door(new Places(1, 0), LONG)) {
      Future<HttpResponse<String>> first = send(door, "acme", "/api/slow");
      await().untilAsserted(() -> assertThat(inside).hasValue(1));
      problem(door.get("/api/quick"), 503, "overloaded");
      assertThat(door.postJson("/api/command", "{}").statusCode()).isEqualTo(200);
      go.countDown();
      assertThat(first.get().statusCode()).isEqualTo(200);
      assertThat(door.get("/api/quick").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_request_waits_no_longer_than_its_patience_and_is_then_never_worked_on() throws Exception {
    try (TestDoor door = door(new Places(1, 3), Duration.ofMillis(50))) {
      Future<HttpResponse<String>> first = send(door, "acme", "/api/slow");
      await().untilAsserted(() -> assertThat(inside).hasValue(1));
      problem(send(door, "other", "/api/slow").get(), 503, "overloaded");
      assertThat(shed(door, "waited-too-long")).isEqualTo(1);
      go.countDown();
      assertThat(first.get().statusCode()).isEqualTo(200);
      assertThat(served).hasValue(1);
    }
  }

  @Test
  void a_read_that_waits_for_a_write_keeps_nobody_from_working() throws Exception {
    try (TestDoor door = door(new Places(1, 3), LONG)) {
      Future<HttpResponse<String>> waiting = send(door, "acme", "/api/waiting");
      await().untilAsserted(() -> assertThat(inside).hasValue(1));
      await().untilAsserted(() -> assertThat(gauge(door, "http.server.work")).isZero());
      assertThat(send(door, "other", "/api/quick").get().statusCode()).isEqualTo(200);
      go.countDown();
      assertThat(waiting.get().body()).isEqualTo("true");
      await().untilAsserted(() -> assertThat(gauge(door, "http.server.work")).isZero());
    }
  }
}
