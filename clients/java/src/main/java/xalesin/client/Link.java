package xalesin.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection and its successors: follows one question for its topics until it is closed or
 * refused. Its own thread connects, reads, applies and tells; so a slow listener slows its own
 * connection, and the server sends it less.
 */
final class Link implements SseParser.Handler {
  private static final System.Logger LOG = System.getLogger(Link.class.getName());
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int BUFFER_BYTES = 16 << 10;
  private static final int MAX_PROBLEM_BYTES = 64 << 10;

  /** What lasted so long was a good connection, even if nothing happened meanwhile. */
  private static final long GOOD_NANOS = Duration.ofSeconds(10).toNanos();

  private final LiveClient client;
  private final LiveClientConfig config;
  private final HttpClient http;
  private final Counters counters;
  private final Backoff backoff;
  private final TokenRequest tokens;
  private final Replica replica = new Replica();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Held while listeners are told. Nobody waits for another link's while holding it. */
  private final ReentrantLock telling = new ReentrantLock();

  /** Guarded by the client. */
  private LiveQuestion question;

  private boolean started;
  private final List<Topic> topics = new CopyOnWriteArrayList<>();

  private volatile ConnectionState state = ConnectionState.CONNECTING;
  private volatile @Nullable Thread thread;
  private volatile @Nullable InputStream body;
  private volatile boolean reading;
  private volatile long readingSinceNanos;
  private volatile long lostSinceNanos = System.nanoTime();

  /** The newest sequence of this connection: what is older came twice. */
  private long newest;

  private boolean unauthorised;

  Link(
      LiveClient client,
      LiveClientConfig config,
      HttpClient http,
      Counters counters,
      LiveQuestion question) {
    this.client = client;
    this.config = config;
    this.http = http;
    this.counters = counters;
    this.question = question;
    this.tokens = new TokenRequest(config.tokens(), config.connectTimeout());
    this.backoff = new Backoff(config.maxBackoff(), ThreadLocalRandom.current());
  }

  /** Why a connection ended, and when the next may be made. */
  private sealed interface End {
    record Lost() implements End {}

    record NotBefore(Duration pause) implements End {}

    record AtOnce() implements End {}

    record Refused(LiveException reason) implements End {}
  }

  /** Whether it follows the question, or can until it is asked. With the client's lock. */
  boolean takes(LiveQuestion other) {
    return Grouping.covers(question, other) || (!started && Grouping.both(question, other) != null);
  }

  /** With the client's lock. */
  void add(Topic topic) {
    if (!Grouping.covers(question, topic.question)) {
      LiveQuestion both = Grouping.both(question, topic.question);
      question = both == null ? question : both;
    }
    topics.add(topic);
  }

  /**
   * With the client's lock.
   *
   * @return true when it was the last
   */
  boolean remove(Topic topic) {
    return topics.remove(topic) && topics.isEmpty();
  }

  List<Topic> topics() {
    return List.copyOf(topics);
  }

  ConnectionState state() {
    return state;
  }

  void start() {
    LiveQuestion asked;
    synchronized (client) {
      started = true;
      asked = question;
    }
    thread = Thread.ofVirtual().name("live-client-link").start(() -> run(asked));
  }

  private void run(LiveQuestion asked) {
    URI address =
        URI.create(
            config.server().toString().replaceAll("/+$", "")
                + "/api/live?"
                + Grouping.query(asked));
    boolean goesOn = true;
    while (goesOn && closed.getCount() > 0) {
      try {
        goesOn = goesOn(connect(address));
      } catch (InterruptedException e) {
        // When it is closed; what a listener interrupts goes on.
      }
    }
  }

  private boolean goesOn(End end) throws InterruptedException {
    if (closed.getCount() == 0) {
      return false;
    }
    return switch (end) {
      case End.Lost() -> pause(backoff.next());
      case End.NotBefore(Duration least) -> pause(least.plus(backoff.next()));
      case End.AtOnce() -> true;
      case End.Refused(LiveException reason) -> {
        refuse(reason);
        yield false;
      }
    };
  }

  private boolean pause(Duration pause) throws InterruptedException {
    counters.losses.increment();
    become(state == ConnectionState.LIVE ? ConnectionState.RECONNECTING : state);
    return !closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private End connect(URI address) throws InterruptedException {
    long beganNanos = System.nanoTime();
    try {
      return connected(address);
    } catch (LiveException e) {
      return new End.Refused(e);
    } catch (FrameTooLargeException e) {
      return new End.Refused(new LiveException(0, "", String.valueOf(e.getMessage())));
    } catch (InconsistentFrameException e) {
      telling.lock();
      try {
        replica.forget();
      } finally {
        telling.unlock();
      }
      return new End.Lost();
    } catch (IOException e) {
      return new End.Lost();
    } catch (RuntimeException | Error e) {
      // Nobody else would hear of it, and the link is to go on.
      LOG.log(System.Logger.Level.ERROR, "a connection failed", e);
      return new End.Lost();
    } finally {
      reading = false;
      body = null;
      if (state == ConnectionState.LIVE) {
        lostSinceNanos = System.nanoTime();
        if (System.nanoTime() - beganNanos > GOOD_NANOS) {
          backoff.reset();
        }
      }
    }
  }

  private End connected(URI address) throws IOException, InterruptedException {
    long since = replica.sequence();
    newest = Replica.NOTHING;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(config.connectTimeout())
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + tokens.token());
    if (since >= 0) {
      request.header("Last-Event-ID", Long.toString(since));
    }
    HttpResponse<InputStream> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      body = in;
      if (closed.getCount() == 0) {
        return new End.AtOnce();
      }
      if (answer.statusCode() != 200 || !isStream(answer)) {
        return refused(answer, in);
      }
      unauthorised = false;
      counters.connects.increment();
      if (since >= 0) {
        counters.resumes.increment();
      }
      become(ConnectionState.LIVE);
      read(in);
      return new End.Lost();
    }
  }

  /** The page of a captive portal is none, whatever its status says. */
  private static boolean isStream(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Content-Type")
        .filter(type -> type.split(";", 2)[0].strip().equalsIgnoreCase("text/event-stream"))
        .isPresent();
  }

  private End refused(HttpResponse<InputStream> answer, InputStream in) throws IOException {
    int status = answer.statusCode();
    if (status == 401 && !unauthorised) {
      unauthorised = true;
      return new End.AtOnce();
    }
    // What is no refusal of this API comes from what stands between, and passes.
    if (status < 400 || status == 408 || status == 429 || status >= 500) {
      return RetryAfter.of(answer.headers()).<End>map(End.NotBefore::new).orElseGet(End.Lost::new);
    }
    reading(true);
    byte[] problem = in.readNBytes(MAX_PROBLEM_BYTES);
    reading(false);
    JsonNode told = json(problem);
    return new End.Refused(
        new LiveException(
            status,
            told.path("type").asText(),
            told.path("detail").asText("the server answered " + status)));
  }

  /** Missing when it is no JSON: proxies answer in other ways. */
  private static JsonNode json(byte[] problem) {
    try {
      return JSON.readTree(problem);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private void reading(boolean now) {
    readingSinceNanos = System.nanoTime();
    reading = now;
  }

  private void read(InputStream in) throws IOException {
    SseParser parser = new SseParser(config.maxFrameBytes(), this);
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      reading(true);
      int length = in.read(buffer);
      reading(false);
      if (length < 0 || closed.getCount() == 0) {
        return;
      }
      counters.bytes.add(length);
      parser.feed(buffer, 0, length);
    }
  }

  @Override
  public void retry(long millis) {
    backoff.startAt(millis);
  }

  @Override
  public void event(String type, @Nullable String id, byte[] data) throws ProtocolException {
    switch (type) {
      case "snapshot", "batch" -> frame(type.equals("snapshot"), parse(data));
      case "reset" -> {
        if (sequence(parse(data)) >= newest) {
          counters.resets.increment();
        }
      }
      case "message" -> ping(id);
      default -> {
        // Of a later version.
      }
    }
  }

  private static JsonNode parse(byte[] data) throws ProtocolException {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new ProtocolException("a frame is no JSON", e);
    } catch (IOException e) {
      throw new ProtocolException("a frame cannot be read", e);
    }
  }

  private static long sequence(JsonNode frame) throws ProtocolException {
    JsonNode sequence = frame.path("sequence");
    if (!sequence.canConvertToLong() || sequence.asLong() < 0) {
      throw new ProtocolException("a frame has no sequence");
    }
    return sequence.asLong();
  }

  /** A sign of life says up to where nothing has changed. */
  private void ping(@Nullable String id) {
    backoff.reset();
    try {
      long known = id == null || id.isEmpty() ? Replica.NOTHING : Long.parseLong(id);
      if (known >= newest && replica.sequence() >= 0) {
        newest = known;
        telling.lock();
        try {
          replica.knows(known);
        } finally {
          telling.unlock();
        }
      }
    } catch (NumberFormatException e) {
      // An id of another kind says nothing.
    }
  }

  private void frame(boolean isWhole, JsonNode frame) throws ProtocolException {
    long sequence = sequence(frame);
    // Not even a frame that replaces all may take the rows back: the changes since would be lost.
    if (sequence < newest || (!isWhole && sequence < replica.sequence())) {
      counters.repeats.increment();
      return;
    }
    if (!isWhole && replica.sequence() < 0) {
      throw new InconsistentFrameException("changes came before there was anything to change");
    }
    telling.lock();
    try {
      if (isWhole) {
        replica.replace(sequence, frame.path("changes"));
      } else {
        replica.advance(sequence, frame.path("changes"));
      }
      newest = sequence;
      backoff.reset();
      if (tell() || isWhole) {
        counters.frame();
      } else {
        counters.repeats.increment();
      }
    } finally {
      telling.unlock();
    }
  }

  /**
   * @return whether there was anything new for anybody
   */
  private boolean tell() {
    Map<String, LiveState.Rows> views = replica.views();
    boolean isNews = false;
    for (Topic topic : topics) {
      List<LiveChange> changes = topic.accept(replica.sequence(), views);
      isNews |= !changes.isEmpty();
      topic.subscriptions.forEach(subscription -> subscription.tell(state, changes));
    }
    return isNews;
  }

  /** Tells everybody what they have not been told yet. */
  void tellAll() {
    telling.lock();
    try {
      if (replica.sequence() >= 0) {
        tell();
      } else {
        for (Topic topic : topics) {
          topic.subscriptions.forEach(subscription -> subscription.tell(state, List.of()));
        }
      }
    } finally {
      telling.unlock();
    }
  }

  private void become(ConnectionState next) {
    boolean isOther;
    synchronized (this) {
      isOther = state != next;
      state = next;
    }
    if (isOther) {
      tellAll();
    }
  }

  private void refuse(LiveException reason) {
    List<LiveSubscription> failed = client.refused(this);
    close();
    telling.lock();
    try {
      state = ConnectionState.FAILED;
      failed.forEach(each -> each.fail(reason));
    } finally {
      telling.unlock();
    }
  }

  /** From time to time: gives up a silent connection, and says so when a lost one does not come. */
  void watch() {
    long now = System.nanoTime();
    InputStream in = body;
    if (in != null && reading && now - readingSinceNanos > config.stallAfter().toNanos()) {
      closeQuietly(in);
    }
    if (isOfflineNow(now)) {
      Thread.ofVirtual().name("live-client-offline").start(this::tellAll);
    }
  }

  private synchronized boolean isOfflineNow(long now) {
    boolean isLost = state == ConnectionState.CONNECTING || state == ConnectionState.RECONNECTING;
    if (!isLost || now - lostSinceNanos <= config.offlineAfter().toNanos()) {
      return false;
    }
    state = ConnectionState.OFFLINE;
    return true;
  }

  void close() {
    closed.countDown();
    Thread running = thread;
    // Not while it tells: what listeners do is not to be interrupted, and ends by itself.
    if (running != null && running != Thread.currentThread() && telling.tryLock()) {
      try {
        running.interrupt();
      } finally {
        telling.unlock();
      }
    }
    InputStream in = body;
    if (in != null) {
      closeQuietly(in);
    }
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // It was broken before.
    }
  }
}
