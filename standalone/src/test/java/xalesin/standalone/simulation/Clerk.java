package xalesin.standalone.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import xalesin.command.CommandNode;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.User;

/**
 * Sends commands one after the other, each until it is answered for good, to whichever service; now
 * and then one comes twice, at once or later. For one thread.
 */
final class Clerk {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int MOST_TOGETHER = 4;

  private final String name;
  private final Random random;
  private final Services services;
  private final Company company;
  private final Draws draws;
  private final Map<String, String> tokens;
  private final List<Answered> answered = new ArrayList<>();
  private int requests;

  /**
   * @param tokens by user
   */
  Clerk(
      String name,
      Random random,
      Services services,
      Company company,
      LocalDate today,
      Map<String, String> tokens) {
    this.name = name;
    this.random = random;
    this.services = services;
    this.company = company;
    this.draws = new Draws(random, company, today);
    this.tokens = tokens;
  }

  List<Answered> answered() {
    return answered;
  }

  /** How many commands were sent, those that came again apart. */
  int commands() {
    return answered.stream().mapToInt(each -> each.request().commands().size()).sum();
  }

  void begin() throws Exception {
    for (Asked asked : draws.beginnings()) {
      take(send(request(List.of(asked))));
    }
  }

  void next() throws Exception {
    List<Asked> commands = new ArrayList<>(List.of(draws.next()));
    if (random.nextInt(15) == 0) {
      for (int i = random.nextInt(MOST_TOGETHER - 1); i >= 0; i--) {
        commands.add(draws.next());
      }
    }
    Request request = request(commands);
    switch (random.nextInt(12)) {
      case 0 -> twiceAtOnce(request);
      case 1 -> again(send(request));
      case 2 -> {
        if (!answered.isEmpty()) {
          again(answered.get(random.nextInt(answered.size())));
        }
        take(send(request));
      }
      default -> take(send(request));
    }
  }

  private Request request(List<Asked> commands) {
    String actor = List.copyOf(tokens.keySet()).get(random.nextInt(tokens.size()));
    return new Request(name + "-" + requests++, actor, List.copyOf(commands));
  }

  /** A caller that has lost its patience, or two that know nothing of each other. */
  private void twiceAtOnce(Request request) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answered> here = threads.submit(() -> send(request, 0));
      Future<Answered> there = threads.submit(() -> send(request, 1));
      assertThat(there.get()).as("the second answer to the same key").isEqualTo(here.get());
      take(here.get());
    }
  }

  private void again(Answered first) throws Exception {
    assertThat(send(first.request())).as("the second answer to the same key").isEqualTo(first);
    if (answered.stream().noneMatch(each -> each.request().key().equals(first.request().key()))) {
      take(first);
    }
  }

  private void take(Answered answer) {
    assertThat(answer.status())
        .as("the answer to %s: %s", answer.request(), answer.results())
        .isLessThan(500);
    answered.add(answer);
    company.learn(answer);
  }

  private Answered send(Request request) throws Exception {
    return send(request, random.nextInt(2));
  }

  /** Turns to the other service when one has no answer. */
  private Answered send(Request request, int place) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (int tries = 0; System.nanoTime() < deadline; tries++) {
      try {
        Answer answer = sendTo(services.at(place + tries), request);
        Answered read = Answered.read(request, answer);
        if (!read.isNotNow()) {
          return read;
        }
      } catch (UncheckedIOException e) {
        // The service is gone, and nobody knows what became of the command.
        assertThat(e).hasNoSuppressedExceptions();
      }
    }
    throw new AssertionError("no answer to " + request);
  }

  private Answer sendTo(CommandNode node, Request request) {
    User user = new User(node, requireNonNull(tokens.get(request.actor())));
    return request.isTogether()
        ? user.lines(
            "?atomic=true",
            request.body(),
            "X-Correlation-Id",
            request.key(),
            "Idempotency-Key",
            request.key())
        : user.lines("", request.body(), "X-Correlation-Id", request.key());
  }
}
