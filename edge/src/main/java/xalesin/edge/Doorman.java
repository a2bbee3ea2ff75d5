package xalesin.edge;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import xalesin.edge.limits.WorkQueue;
import xalesin.schemas.Json;

/**
 * What happens to every request, in this order: route, trace, token, limits, role, a place to work,
 * endpoint; and to everything that goes wrong on the way: one problem document. Thread-safe; each
 * request stays on its thread.
 */
final class Doorman {
  private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);

  private static final int MAX_CORRELATION_ID = 200;
  private static final String CORRELATION_ID = "X-Correlation-Id";

  /**
   * Refused requests whose bodies are still read, so many at once. Others are given up at once, and
   * a sender who is still sending may see a reset of its connection instead of the refusal.
   */
  static final int MAX_LINGERING = 256;

  private final HttpDoorConfig limits;
  private final Authentication authentication;
  private final Gate gate;
  private final RouteTable<Served> routes = new RouteTable<>();
  private final RouteMetrics unmatched;
  private final BodyBudget budget;
  private final LongAdder inProgress = new LongAdder();
  private final Semaphore lingering = new Semaphore(MAX_LINGERING);

  private record Served(Route route, RouteMetrics metrics) {}

  Doorman(
      HttpDoorConfig limits,
      List<Route> routes,
      TokenVerifier verifier,
      Gate gate,
      MeterRegistry registry) {
    this.limits = limits;
    this.gate = gate;
    this.authentication = new Authentication(verifier, Clock.systemUTC());
    this.budget = new BodyBudget(limits.maxBodiesInFlightBytes());
    this.unmatched = new RouteMetrics(registry, "any", "unmatched", "none");
    for (Route route : routes) {
      String routeClass = route.routeClass().name().toLowerCase(Locale.ROOT);
      RouteMetrics metrics =
          new RouteMetrics(registry, route.verb().name(), route.path(), routeClass);
      this.routes.add(route.verb(), route.path(), new Served(route, metrics));
    }
    Gauge.builder("http.server.requests.active", inProgress, LongAdder::sum).register(registry);
    Gauge.builder(
            "http.server.requests.lingering",
            lingering,
            room -> MAX_LINGERING - room.availablePermits())
        .description("Refused requests whose bodies are read on")
        .register(registry);
    Gauge.builder("http.server.bodies", budget, BodyBudget::usedBytes)
        .baseUnit("bytes")
        .register(registry);
  }

  void serve(Context context, String path) {
    long begin = System.nanoTime();
    inProgress.increment();
    HttpServletRequest request = context.req();
    Trace trace = Trace.of(request.getHeader("traceparent"));
    MDC.put("traceId", trace.traceId());
    RequestBody body = new RequestBody(request, limits, budget);
    RouteMetrics metrics = unmatched;
    try {
      switch (routes.find(Verb.of(request.getMethod()), path)) {
        case RouteTable.Found.Match<Served>(Served target, Map<String, String> parameters) -> {
          metrics = target.metrics;
          pass(context, target.route, parameters, trace, body);
        }
        case RouteTable.Found.WrongVerb<Served>(String allow) -> {
          gate.chargeAddress(request, context.res());
          throw Problems.wrongVerb(allow);
        }
        case RouteTable.Found.Nothing<Served> _ -> {
          gate.chargeAddress(request, context.res());
          throw Problems.unknownRoute();
        }
      }
    } catch (Throwable thrown) {
      answer(thrown, context, path, trace, body);
    } finally {
      body.release();
      metrics.record(context.res().getStatus(), System.nanoTime() - begin);
      inProgress.decrement();
      MDC.clear();
    }
  }

  private void pass(
      Context context, Route route, Map<String, String> parameters, Trace trace, RequestBody body)
      throws Exception {
    HttpServletRequest request = context.req();
    Caller caller = callerOf(request, context.res(), route);
    String correlationId = correlationId(request.getHeader(CORRELATION_ID), trace);
    context.res().setHeader(CORRELATION_ID, correlationId);
    RouteClass routeClass = route.classOf(request.getQueryString());
    try (WorkQueue.Place place = gate.enter(routeClass, caller)) {
      Exchange.Charges charges =
          new Exchange.Charges() {
            @Override
            public void request(Caller admitted) {
              gate.charge(context.res(), routeClass, admitted);
            }

            @Override
            public WorkQueue.Place message(Caller admitted) throws InterruptedException {
              gate.charge(routeClass, admitted);
              return gate.enter(routeClass, admitted);
            }

            @Override
            public void next(
                Caller admitted, Duration patience, Exchange.BeforeWaiting beforeWaiting)
                throws IOException, InterruptedException {
              gate.chargeInTime(routeClass, admitted, patience, beforeWaiting);
            }
          };
      route
          .endpoint()
          .handle(
              new Exchange(
                  context,
                  caller,
                  trace,
                  correlationId,
                  () -> gate.clientOf(request),
                  parameters,
                  body,
                  place,
                  charges,
                  gate.unsent()));
    }
  }

  private Caller callerOf(HttpServletRequest request, HttpServletResponse response, Route route) {
    Role needed = route.role();
    if (needed == null) {
      gate.chargeAddress(request, response);
      return Caller.ANYONE;
    }
    Caller caller = authenticated(request, response);
    MDC.put("tenant", caller.tenant());
    gate.charge(response, route.classOf(request.getQueryString()), caller);
    caller.require(needed);
    return caller;
  }

  private Caller authenticated(HttpServletRequest request, HttpServletResponse response) {
    try {
      return authentication.callerOf(request.getHeader("Authorization"));
    } catch (ProblemException | TokenException e) {
      gate.chargeAddress(request, response);
      throw e;
    }
  }

  private static String correlationId(@Nullable String sent, Trace trace) {
    if (sent == null) {
      return trace.traceId();
    }
    if (!isCorrelationId(sent)) {
      throw Problem.badRequest(
              CORRELATION_ID
                  + " must be 1 to "
                  + MAX_CORRELATION_ID
                  + " printable ASCII characters")
          .exception();
    }
    return sent;
  }

  private static boolean isCorrelationId(String text) {
    if (text.isEmpty() || text.length() > MAX_CORRELATION_ID) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Turns whatever was thrown into the answer. An endpoint that failed half way leaves no header
   * behind.
   */
  private void answer(
      Throwable thrown, Context context, String path, Trace trace, RequestBody body) {
    if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
      throw fatal;
    }
    HttpServletResponse response = context.res();
    ProblemException known = Problems.of(thrown);
    if (known == null && Breaking.isGone(thrown)) {
      LOG.debug("the client has gone away", thrown);
      abort(context);
      return;
    }
    if (known == null) {
      LOG.error("{} {} failed", context.req().getMethod(), path, thrown);
      known = Problems.internal().exception();
    }
    if (response.isCommitted() || !gate.unsent().haveRoomForRefusal()) {
      abort(context);
      return;
    }
    String correlationId = context.req().getHeader(CORRELATION_ID);
    LimitHeaders.resetOthers(response);
    StandardHeaders.addTo(response);
    response.setHeader(
        CORRELATION_ID,
        correlationId != null && isCorrelationId(correlationId) ? correlationId : trace.traceId());
    write(known, context, path, trace);
    if (known.problem().status() != HttpServletResponse.SC_REQUEST_TIMEOUT) {
      leave(body, context);
    }
  }

  /** Reads the rest of a refused request's body while there is room for it, then gives it up. */
  private void leave(RequestBody body, Context context) {
    if (body.isUnread() && lingering.tryAcquire()) {
      try {
        body.linger();
      } finally {
        lingering.release();
      }
    }
    if (body.isUnread()) {
      Breaking.takeNoMore(ServletContextRequest.getServletContextRequest(context.req()));
    }
  }

  /**
   * Part of the answer is out, or nobody is there to take it: only a broken connection says that it
   * is not whole.
   */
  private static void abort(Context context) {
    context
        .res()
        .setStatus(HttpServletResponse.SC_BAD_REQUEST); // For the metrics, when it is not sent yet.
    Breaking.off(ServletContextRequest.getServletContextRequest(context.req()));
  }

  /** For what fails after the endpoint has handed its request over to an asynchronous answer. */
  void answerLate(Exception thrown, Context context) {
    HttpServletRequest request = context.req();
    Trace trace = Trace.of(request.getHeader("traceparent"));
    answer(
        thrown, context, request.getRequestURI(), trace, new RequestBody(request, limits, budget));
  }

  private void write(ProblemException known, Context context, String path, Trace trace) {
    HttpServletResponse response = context.res();
    Problem problem = known.problem().at(path, trace.traceId());
    known.headers().forEach(response::setHeader);
    if (problem.retryAfter() != null) {
      response.setHeader("Retry-After", problem.retryAfter().toString());
    }
    byte[] json = Json.write(problem);
    response.setStatus(problem.status());
    response.setContentType("application/problem+json");
    response.setContentLength(json.length);
    ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
    try (UnsentAnswers.Sending _ = gate.unsent().begin(request, null, json.length)) {
      response.getOutputStream().write(json);
      response.flushBuffer();
    } catch (IOException e) {
      LOG.debug("the client has gone away", e);
    }
  }
}
