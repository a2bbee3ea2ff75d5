package xalesin.query;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.TenantViews;
import xalesin.projection.Views;
import xalesin.schemas.Check;
import xalesin.schemas.InvalidValueException;

/** Reads of the figures of the start page. Thread-safe. */
final class OverviewReads {
  private final Views views;
  private final Consistency consistency;
  private final Answers answers;
  private final InstantSource clock;

  OverviewReads(Views views, Consistency consistency, Answers answers, InstantSource clock) {
    this.views = views;
    this.consistency = consistency;
    this.answers = answers;
    this.clock = clock;
  }

  /** `GET /api/overview?today=…`: all figures of one instant; today is the UTC day by itself. */
  void overview(Exchange exchange) throws InterruptedException {
    exchange.allowedQuery("today");
    LocalDate today = today(exchange);
    consistency.await(exchange);
    try (TenantViews tenantViews = views.snapshot(exchange.tenant())) {
      long sequence = tenantViews.sequence();
      answers.state(exchange, sequence);
      // The day is part of the question, asked or not: at midnight the answer is another.
      String tag = ETags.ofList(sequence, exchange.tenant(), exchange.path(), "today=" + today);
      if (!answers.notModified(exchange, tag)) {
        exchange.json(200, new OverviewFigures(tenantViews, today).overview());
      }
    }
  }

  private LocalDate today(Exchange exchange) {
    String text = exchange.query("today");
    if (text == null) {
      return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
    try {
      return Check.date("today", LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw refused("must be a date (2026-11-22)", e);
    } catch (InvalidValueException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    }
  }

  private static ProblemException refused(String why, RuntimeException cause) {
    return new ProblemException(Problem.badRequest("query parameter today " + why), cause);
  }
}
