package xalesin.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import xalesin.command.settings.DefaultCompany;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent;

/** Whether the log has what was acknowledged, once, and nothing else. */
final class LogCheck {
  /** With the first command the company is founded; its answer does not tell of that. */
  private static final Set<String> FOUNDING =
      DefaultCompany.FOUNDING.events().stream()
          .map(part -> part.stream().toString())
          .collect(Collectors.toSet());

  private final List<List<RecordedEvent>> log;

  /**
   * @param log by transaction, as committed
   */
  LogCheck(List<List<RecordedEvent>> log) {
    this.log = log;
  }

  void check(Collection<Answered> answered) {
    checkVersions();
    checkAnswers(answered);
    checkNumbers();
  }

  private void checkVersions() {
    Map<String, Long> versions = new HashMap<>();
    Set<UUID> ids = new HashSet<>();
    for (List<RecordedEvent> transaction : log) {
      for (RecordedEvent event : transaction) {
        long before = versions.getOrDefault(event.stream(), 0L);
        assertThat(event.version())
            .as("the version behind %d of %s", before, event.stream())
            .isEqualTo(before + 1);
        versions.put(event.stream(), event.version());
        assertThat(ids.add(event.id())).as("event %s comes once", event.id()).isTrue();
      }
    }
  }

  private void checkAnswers(Collection<Answered> answered) {
    Map<String, List<RecordedEvent>> byRequest = new HashMap<>();
    Map<String, Set<Integer>> transactions = new HashMap<>();
    for (int i = 0; i < log.size(); i++) {
      for (RecordedEvent event : log.get(i)) {
        if (event.version() > 1 || !FOUNDING.contains(event.stream())) {
          byRequest.computeIfAbsent(event.correlationId(), _ -> new ArrayList<>()).add(event);
        }
        transactions.computeIfAbsent(event.correlationId(), _ -> new HashSet<>()).add(i);
      }
    }
    for (Answered answer : answered) {
      String key = answer.request().key();
      List<RecordedEvent> events = byRequest.getOrDefault(key, List.of());
      assertThat(events.stream().map(RecordedEvent::type).toList())
          .as("events of %s, answered %s", answer.request(), answer.results())
          .containsExactlyInAnyOrderElementsOf(answer.events());
      assertThat(transactions.getOrDefault(key, Set.of()))
          .as("transactions of %s", key)
          .hasSizeLessThanOrEqualTo(1);
      assertThat(events.stream().map(RecordedEvent::causationId).distinct())
          .as("commands of %s that happened", key)
          .hasSizeLessThanOrEqualTo(answer.request().commands().size());
      byRequest.remove(key);
    }
    assertThat(byRequest).as("events that nobody asked for").isEmpty();
  }

  /** Of each kind and year, numbers are given from one on without gaps. */
  private void checkNumbers() {
    Map<String, Set<Integer>> taken = new TreeMap<>();
    for (List<RecordedEvent> transaction : log) {
      for (RecordedEvent event : transaction) {
        String number = number(EventTypes.read(event));
        if (!number.isEmpty()) {
          int dash = number.lastIndexOf('-');
          assertThat(
                  taken
                      .computeIfAbsent(number.substring(0, dash), _ -> new HashSet<>())
                      .add(Integer.parseInt(number.substring(dash + 1))))
              .as("%s is given once", number)
              .isTrue();
        }
      }
    }
    taken.forEach(
        (series, numbers) ->
            assertThat(numbers)
                .as("numbers of %s", series)
                .isEqualTo(
                    new HashSet<>(IntStream.rangeClosed(1, numbers.size()).boxed().toList())));
  }

  private static String number(DomainEvent event) {
    return switch (event) {
      case SalesOrderEvent.Placed placed -> placed.number();
      case SalesOrderEvent.Invoiced invoiced -> invoiced.number();
      case SalesOrderEvent.Returned returned ->
          returned.creditNote() == null ? "" : returned.creditNote();
      case PurchaseOrderEvent.Placed placed -> placed.number();
      case FinancialTransactionEvent.Posted posted -> posted.number();
      default -> "";
    };
  }
}
