package xalesin.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import xalesin.schemas.Json;

/**
 * Clients that put stock on shelves, one unit at a time, and note every answer. A command without
 * an answer is sent again with the same idempotency key until it has one, so in the end an item has
 * exactly as many units as its commands were answered.
 */
final class StockWorkload implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Longer than a killed service takes to come back, on a slow machine too. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What one item should have: its tenant and how many receipts were acknowledged. */
  record Item(String tenant, UUID id, AtomicLong acknowledged) {}

  /** An acknowledged version of an item, by the idempotency key that made it. */
  record Acknowledged(String tenant, UUID item, long version, String key) {}

  private final Supplier<URI> api;
  private final Map<String, String> tokens;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> failures =
      java.util.Collections.synchronizedList(new ArrayList<>());
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * @param api where to send to; asked before each try, for a restarted server may answer elsewhere
   * @param tokens a clerk's token for each tenant
   */
  StockWorkload(Supplier<URI> api, Map<String, String> tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  List<Item> items() {
    return List.copyOf(items);
  }

  List<Acknowledged> acknowledged() {
    return List.copyOf(acknowledged.values());
  }

  long count() {
    return acknowledged.size();
  }

  void createItems(int perTenant, Random random) throws InterruptedException {
    for (String tenant : tokens.keySet()) {
      for (int i = 0; i < perTenant; i++) {
        Item item =
            new Item(tenant, new UUID(random.nextLong(), random.nextLong()), new AtomicLong());
        items.add(item);
        send(
            item,
            "/api/inventory-items",
            """
            {"id": "%s", "sku": "CHAOS-%d", "name": "Chaos %d", "price": {"amount": "1", "currency": "EUR"}}"""
                .formatted(item.id(), i, i),
            "create-" + item.id());
      }
    }
  }

  /**
   * Begins anew, until {@link #pause()} or until so many commands are sent: more would only make
   * the log longer that every check reads as a whole.
   */
  void start(int clients, int commands, long seed) {
    AtomicInteger left = new AtomicInteger(commands);
    for (int i = 0; i < clients; i++) {
      Random random = new Random(seed + i);
      threads.add(Thread.ofPlatform().name("client-" + i).start(() -> receive(left, random)));
    }
  }

  /** Lets the commands that were begun be answered and begins no more. */
  void pause() throws InterruptedException {
    stopping.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
    stopping.set(false);
    if (!failures.isEmpty()) {
      throw new AssertionError("a client failed", failures.getFirst());
    }
  }

  private void receive(AtomicInteger left, Random random) {
    try {
      while (!stopping.get() && left.getAndDecrement() > 0) {
        Item item = items.get(random.nextInt(items.size()));
        send(
            item,
            "/api/inventory-items/" + item.id() + "/receive",
            """
            {"quantity": "1", "location": "main", "unitCost": {"amount": "1", "currency": "EUR"}}""",
            "receive-" + new UUID(random.nextLong(), random.nextLong()));
        item.acknowledged().incrementAndGet();
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  /**
   * Sends until there is an answer. Refusals are faults of the test: nothing here may be refused.
   */
  private void send(Item item, String path, String body, String key) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      HttpResponse<byte[]> answer;
      try {
        answer =
            http.send(
                HttpRequest.newBuilder(api.get().resolve(path))
                    .timeout(ANSWER)
                    .header("Authorization", "Bearer " + tokens.get(item.tenant()))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofByteArray());
      } catch (IOException e) {
        pauseBeforeRetry();
        continue;
      }
      if (answer.statusCode() == 503) {
        pauseBeforeRetry();
        continue;
      }
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(
            answer.statusCode()
                + " "
                + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
      }
      JsonNode json = Json.read(answer.body(), JsonNode.class);
      acknowledged.put(
          key, new Acknowledged(item.tenant(), item.id(), json.get("version").asLong(), key));
      return;
    }
    throw new AssertionError("no answer to " + path + " within " + PATIENCE);
  }

  private static void pauseBeforeRetry() throws InterruptedException {
    java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50);
  }

  @Override
  public void close() {
    stopping.set(true);
    threads.forEach(Thread::interrupt);
    http.shutdownNow();
  }
}
