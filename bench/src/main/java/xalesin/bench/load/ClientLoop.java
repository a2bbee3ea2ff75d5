package xalesin.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of a {@link LoadClient}: one selector, its connections, one run at a time on
 * whichever thread calls {@link #run}. Not thread-safe.
 */
final class ClientLoop implements AutoCloseable {
  /** Longest sleep in the selector: the loop looks at its deadlines at least so often. */
  private static final long MAX_SELECT_MILLIS = 100;

  /** Connections opened again in one run, beyond which the server is taken for broken. */
  private static final int MAX_RECONNECTS = 2_000;

  /** Exchanges due but not begun, beyond which an open loop has lost its schedule for good. */
  private static final int MAX_BACKLOG = 100_000;

  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Connection> idle = new ArrayDeque<>();

  private Tally tally = new Tally(0, 0);
  private final RunView view = new RunView();
  private boolean closedLoop;
  private long startNanos;
  private long endNanos;
  private long mayBegin;
  private int busy;

  private @Nullable Schedule schedule;
  private long nextDue;

  ClientLoop(InetSocketAddress address, List<Script> scripts) throws IOException {
    selector = Selector.open();
    scripts.forEach(script -> connections.add(new Connection(address, script)));
  }

  Outcome run(Load load, int part, int parts) throws IOException {
    for (Connection connection : connections) {
      if (!connection.open()) {
        connection.connect(selector);
      }
    }
    long cpuBefore = cpuNanos();
    startNanos = System.nanoTime();
    endNanos = startNanos + load.duration().toNanos();
    tally = new Tally(startNanos, endNanos);
    mayBegin = load.exchanges() / parts + (part < load.exchanges() % parts ? 1 : 0);
    idle.clear();
    idle.addAll(connections);
    busy = 0;
    switch (load) {
      case Load.Closed _ -> runClosed();
      case Load.Open open -> runOpen(open.schedule(part, parts));
    }
    giveUpOnTheRest();
    boolean byCount = closedLoop && mayBegin == 0;
    return tally.outcome(byCount, cpuNanos() - cpuBefore);
  }

  private void runClosed() throws IOException {
    closedLoop = true;
    while (!over()) {
      long now = System.nanoTime();
      while (mayBegin > 0 && now - endNanos < 0 && !idle.isEmpty() && tally.stopped == null) {
        begin(idle.pop(), now);
      }
      selector.select(this::ready, MAX_SELECT_MILLIS);
    }
  }

  private void runOpen(Schedule arrivals) throws IOException {
    closedLoop = false;
    schedule = arrivals;
    nextDue = startNanos + arrivals.next();
    Deque<Long> waiting = new ArrayDeque<>();
    try (Pacer pacer = new Pacer(selector)) {
      while (!over() || !waiting.isEmpty()) {
        long now = System.nanoTime();
        if (drainIsOver(now) || tally.stopped != null) {
          break;
        }
        takeDue(waiting, now);
        while (!waiting.isEmpty() && !idle.isEmpty()) {
          begin(idle.pop(), waiting.pop());
        }
        tally.maxBacklog = Math.max(tally.maxBacklog, waiting.size());
        if (waiting.size() > MAX_BACKLOG) {
          tally.stopped = "more than " + MAX_BACKLOG + " exchanges waiting for a free connection";
        }
        if (scheduled()) {
          pacer.wakeAt(nextDue);
        }
        selector.select(this::ready, MAX_SELECT_MILLIS);
      }
    }
    long now = System.nanoTime();
    takeDue(waiting, now);
    for (long due : waiting) {
      tally.neverSent++;
      tally.failed("never sent", now - due);
    }
  }

  /** Moves what the schedule has made due to the queue of what waits for a connection. */
  private void takeDue(Deque<Long> waiting, long now) {
    Schedule arrivals = schedule;
    while (arrivals != null && scheduled() && nextDue - now <= 0) {
      waiting.add(nextDue);
      mayBegin--;
      nextDue = startNanos + arrivals.next();
    }
  }

  /** Whether the schedule has anything left within the window. */
  private boolean scheduled() {
    return mayBegin > 0 && nextDue - endNanos < 0;
  }

  private boolean over() {
    long now = System.nanoTime();
    boolean noneBegins =
        tally.stopped != null
            || mayBegin == 0
            || (closedLoop ? now - endNanos >= 0 : nextDue - endNanos >= 0);
    return (noneBegins && busy == 0) || drainIsOver(now);
  }

  private boolean drainIsOver(long now) {
    return now - endNanos > LoadClient.DRAIN_LIMIT.toNanos();
  }

  private void begin(Connection connection, long intended) throws IOException {
    connection.busy = true;
    connection.intendedNanos = intended;
    busy++;
    if (closedLoop) {
      mayBegin--;
    }
    connection.script.begin(connection.request);
    long now = System.nanoTime();
    connection.begunNanos = now;
    if (closedLoop) {
      connection.intendedNanos = now;
    } else {
      tally.record(Outcome.SENT_LATE, now - intended);
    }
    send(connection, now);
  }

  private void send(Connection connection, long now) throws IOException {
    connection.sentNanos = now;
    tally.requests++;
    try {
      connection.send();
    } catch (IOException e) {
      broken(connection, e);
    }
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      try {
        if (key.isWritable()) {
          connection.sendRest();
        }
        if (key.isValid() && key.isReadable()) {
          tally.bytesRead += connection.read();
          if (connection.answer.advance()) {
            answered(connection);
          }
        }
      } catch (IOException e) {
        broken(connection, e);
      }
    } catch (IOException e) {
      tally.stopped = "cannot connect again: " + e.getMessage();
    }
  }

  private void answered(Connection connection) throws IOException {
    long now = System.nanoTime();
    connection.answeredNanos = now;
    if (!connection.busy) {
      throw new MalformedAnswerException("an answer that nothing asked for");
    }
    AnswerParser answer = connection.answer;
    boolean last = answer.lastOfConnection();
    view.connection = connection;
    Script.Next next = connection.script.answered(answer, connection.request, view);
    if (next == Script.Next.FAILED) {
      tally.sample(answer);
      tally.failed("status " + answer.status(), now - connection.intendedNanos);
    } else if (next == Script.Next.DONE) {
      tally.done(now - connection.intendedNanos, now);
    }
    answer.reset();
    if (last) {
      reconnect(connection);
    }
    if (next == Script.Next.SEND) {
      send(connection, System.nanoTime());
    } else {
      free(connection);
    }
  }

  /** The exchange is over; a closed loop begins the next at once. */
  private void free(Connection connection) throws IOException {
    connection.busy = false;
    busy--;
    if (closedLoop
        && mayBegin > 0
        && tally.stopped == null
        && connection.answeredNanos - endNanos < 0) {
      begin(connection, connection.answeredNanos);
    } else {
      idle.add(connection);
    }
  }

  private void broken(Connection connection, IOException cause) throws IOException {
    boolean wasBusy = connection.busy;
    if (wasBusy) {
      long now = System.nanoTime();
      tally.failed("connection: " + cause.getMessage(), now - connection.intendedNanos);
      connection.busy = false;
      busy--;
    }
    reconnect(connection);
    if (wasBusy) {
      idle.add(connection);
    }
  }

  private void reconnect(Connection connection) throws IOException {
    connection.close();
    if (++tally.reconnects > MAX_RECONNECTS) {
      throw new IOException("more than " + MAX_RECONNECTS + " connections closed by the server");
    }
    connection.connect(selector);
  }

  /** What is still under way when time is up counts as failed, with all its waiting. */
  private void giveUpOnTheRest() throws IOException {
    long now = System.nanoTime();
    for (Connection connection : connections) {
      if (connection.busy) {
        tally.failed("not answered", now - connection.intendedNanos);
        connection.busy = false;
        connection.close();
      }
    }
    busy = 0;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }

  /** The run as the script of the connection that was just answered sees it. */
  private final class RunView implements Script.Run {
    private @Nullable Connection connection;

    private Connection current() {
      if (connection == null) {
        throw new IllegalStateException("no answer is being handled");
      }
      return connection;
    }

    @Override
    public long intendedNanos() {
      return current().intendedNanos;
    }

    @Override
    public long sentNanos() {
      return current().sentNanos;
    }

    @Override
    public long answeredNanos() {
      return current().answeredNanos;
    }

    @Override
    public void record(String series, long nanos) {
      tally.record(series, nanos);
    }
  }
}
