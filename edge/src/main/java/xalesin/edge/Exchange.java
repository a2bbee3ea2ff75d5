package xalesin.edge;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import xalesin.edge.limits.WorkQueue;
import xalesin.schemas.Json;

/**
 * One request and its answer, authenticated unless its route asks for no token. Its readers throw
 * {@link ProblemException} for what the caller did wrong. For one thread; answered once.
 */
public final class Exchange {
  /** What those who read a body line by line should read into; the door counts it for them. */
  public static final int LINE_BUFFER_BYTES = RequestBody.LINE_BUFFER_BYTES;

  private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

  private final Context context;
  private final Caller caller;
  private final Trace trace;
  private final String correlationId;
  private final Supplier<InetAddress> client;
  private final Map<String, String> pathParameters;
  private final RequestBody body;
  private final WorkQueue.Place place;
  private final Charges charges;
  private final UnsentAnswers unsent;
  private @Nullable Query query;

  /** The limits of the route, for callers whom its endpoint lets in by itself. */
  interface Charges {
    void request(Caller admitted);

    /** What has come after the answer began; also waits for a place to work. */
    WorkQueue.Place message(Caller admitted) throws InterruptedException;

    /** What has come with the request; waits until it may. */
    void next(Caller admitted, Duration patience, BeforeWaiting beforeWaiting)
        throws IOException, InterruptedException;
  }

  /** What is to be done before a wait that may be long, such as answering what is known. */
  @FunctionalInterface
  public interface BeforeWaiting {
    void run() throws IOException, InterruptedException;
  }

  Exchange(
      Context context,
      Caller caller,
      Trace trace,
      String correlationId,
      Supplier<InetAddress> client,
      Map<String, String> pathParameters,
      RequestBody body,
      WorkQueue.Place place,
      Charges charges,
      UnsentAnswers unsent) {
    this.context = context;
    this.caller = caller;
    this.trace = trace;
    this.correlationId = correlationId;
    this.client = client;
    this.pathParameters = pathParameters;
    this.body = body;
    this.place = place;
    this.charges = charges;
    this.unsent = unsent;
  }

  public Caller caller() {
    return caller;
  }

  /**
   * Charges this request to the limits of a caller whom the endpoint itself has let in; throws the
   * 429 problem. The door does so on routes that need a role.
   */
  public void charge(Caller admitted) {
    charges.request(admitted);
  }

  /**
   * Charges one more command that came with this request, as if it had come by itself. While the
   * limits do not allow it, it waits, and so does the sender, of whom nothing is read; throws the
   * 429 problem when they have not within the patience. The first is charged with the request.
   */
  public void chargeNext(Duration patience, BeforeWaiting beforeWaiting)
      throws IOException, InterruptedException {
    charges.next(caller, patience, beforeWaiting);
  }

  public String tenant() {
    return caller.tenant();
  }

  /**
   * The caller's `X-Correlation-Id`, or the trace id when there was none. Printable ASCII, at most
   * 200 characters.
   */
  public String correlationId() {
    return correlationId;
  }

  /** Where it comes from, behind the proxies that are trusted: an IPv4 or IPv6 address as text. */
  public String clientAddress() {
    return client.get().getHostAddress();
  }

  /** This request's own place in the trace, to hand on: version 00, always present. */
  public String traceparent() {
    return trace.traceparent();
  }

  /** A `{name}` of the route's path, decoded. */
  public String pathParam(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no {" + name + "}");
    }
    return value;
  }

  /** A `{name}` of the route's path that must be a UUID in its usual 36 characters. */
  public UUID uuid(String name) {
    return parseUuid(pathParam(name), name);
  }

  /** A UUID in its usual 36 characters, or the 400 problem. */
  public static UUID parseUuid(String text, String what) {
    // UUID.fromString also takes shortened groups: one id would have many spellings.
    if (text.length() == 36) {
      try {
        UUID id = UUID.fromString(text);
        if (id.toString().equalsIgnoreCase(text)) {
          return id;
        }
      } catch (IllegalArgumentException e) {
        throw notAUuid(what);
      }
    }
    throw notAUuid(what);
  }

  private static ProblemException notAUuid(String what) {
    return Problem.badRequest(what + " must be a UUID").exception();
  }

  /**
   * Refuses every query parameter that is not named here: a mistyped filter must not read as "no
   * filter".
   */
  public void allowedQuery(String... names) {
    query().allowOnly(List.of(names));
  }

  /** A query parameter that may be given once, or null. */
  public @Nullable String query(String name) {
    return query().one(name);
  }

  /** All values of a query parameter in the order given. */
  public List<String> queryAll(String name) {
    return query().all(name);
  }

  /** All query parameters by name, in the order given. Not to be changed. */
  public Map<String, List<String>> queryMap() {
    return query().asMap();
  }

  public int queryInt(String name, int defaultValue, int min, int max) {
    return query().integer(name, defaultValue, min, max);
  }

  public boolean queryFlag(String name) {
    String text = query(name);
    return switch (text) {
      case null -> false;
      case "false" -> false;
      case "true" -> true;
      default ->
          throw Problem.badRequest("query parameter " + name + " must be true or false")
              .exception();
    };
  }

  /** All query parameters. */
  public Query query() {
    if (query == null) {
      query = Query.parse(context.req().getQueryString());
    }
    return query;
  }

  public @Nullable String header(String name) {
    return context.req().getHeader(name);
  }

  /** The path as sent, without the query string. */
  public String path() {
    return context.req().getRequestURI();
  }

  /** The body's bytes, empty when there is none. At most the door's limit, else the 413 problem. */
  public byte[] rawBody() throws IOException {
    return body.bytes();
  }

  /** The body as a record, read strictly; see {@link Bodies}. */
  public <T> T body(Class<T> type) throws IOException {
    byte[] json = rawBody();
    if (json.length > 0) {
      requireJson();
    }
    return Bodies.read(json, type);
  }

  /**
   * Like {@link #body}, for records whose fields are all optional: no body at all stands for `{}`.
   */
  public <T> T optionalBody(Class<T> type) throws IOException {
    return rawBody().length == 0 ? Bodies.read(EMPTY_OBJECT, type) : body(type);
  }

  /**
   * The body as it comes, for routes that read it line by line and keep none. Reads throw the 413
   * problem beyond the limit, the 408 problem when a line does not come in its time, and the 503
   * problem when the memory for bodies is used up.
   *
   * @param maxLineBytes more than this is not kept of a line
   */
  public InputStream bodyLines(String contentType, long limitBytes, int maxLineBytes)
      throws IOException {
    requireContentType(contentType);
    return body.lines(limitBytes, maxLineBytes);
  }

  /**
   * The body as it comes, for routes that keep all of it until it is whole; as {@link #bodyLines},
   * with one time for all of it.
   */
  public InputStream bodyKept(String contentType, long limitBytes) throws IOException {
    requireContentType(contentType);
    return body.kept(limitBytes);
  }

  private void requireJson() {
    String type = mediaType();
    if (!"application/json".equals(type)
        && !(type.startsWith("application/") && type.endsWith("+json"))) {
      throw Problems.wrongContentType(context.req().getContentType(), "application/json");
    }
  }

  public void requireContentType(String wanted) {
    if (!mediaType().equals(wanted)) {
      throw Problems.wrongContentType(context.req().getContentType(), wanted);
    }
  }

  /** Without parameters, in lower case. JSON is UTF-8 whatever a charset parameter says. */
  private String mediaType() {
    String type = context.req().getContentType();
    if (type == null) {
      return "";
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** Sets a header of the answer. */
  public Exchange header(String name, String value) {
    context.res().setHeader(name, value);
    return this;
  }

  /** Answers with JSON that is already bytes. */
  public void json(int status, byte[] json) {
    send(status, "application/json", json);
  }

  public void json(int status, Object value) {
    json(status, Json.write(value));
  }

  /** Answers with bytes. With them the work is done: others may begin while they are sent. */
  public void send(int status, String contentType, byte[] bytes) {
    HttpServletResponse response = context.res();
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
    try (UnsentAnswers.Sending _ = unsent.begin(request, caller.tenant(), bytes.length)) {
      place.close();
      response.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether only the head of the answer is asked for. */
  public boolean isHead() {
    return context.req().getMethod().equals("HEAD");
  }

  /** Answers without a body: 204, 304. */
  public void empty(int status) {
    HttpServletResponse response = context.res();
    response.setContentType(null);
    response.setStatus(status);
  }

  /** Answers piece by piece; flush to send what is there. The door closes it. */
  public OutputStream stream(int status, String contentType) throws IOException {
    HttpServletResponse response = context.res();
    response.setStatus(status);
    response.setContentType(contentType);
    return response.getOutputStream();
  }

  /**
   * Waits without keeping others from working. Throws the 503 problem when there are too many at
   * work after it.
   */
  public boolean await(WorkQueue.Wait wait) throws InterruptedException {
    Boolean come = place.lend(wait);
    if (come == null) {
      throw Problems.overloaded();
    }
    return come;
  }

  /**
   * Answers with bytes that others write as they come; the endpoint returns before the answer ends.
   */
  public PushStream push(int status, String contentType) {
    HttpServletResponse response = context.res();
    response.setStatus(status);
    response.setContentType(contentType);
    return PushStream.open(context);
  }

  /**
   * Answers by making the connection a WebSocket. Throws the 426 problem when it is not asked for.
   *
   * @param admitted whom its messages are charged to
   */
  public void socket(Caller admitted, PushSocket.Listener listener) {
    PushSocket.open(context, listener, () -> charges.message(admitted), body.timeout());
  }

  /** For what this class does not offer, such as asynchronous streaming. */
  public Context context() {
    return context;
  }
}
