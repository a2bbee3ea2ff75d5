package xalesin.query;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.ViewSet;
import xalesin.projection.finance.AccountBalances;
import xalesin.projection.overview.Figures;
import xalesin.projection.overview.LowStock;
import xalesin.projection.sales.Receivables;
import xalesin.projection.settings.TenantSettingsView;
import xalesin.schemas.Check;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Json;

/** Reads of the figures of the start page. Thread-safe. */
final class OverviewReads {
  private static final AnswerKind KIND =
      AnswerKind.list(
          ViewSet.of(
              Figures.VIEW,
              Receivables.VIEW,
              LowStock.VIEW,
              TenantSettingsView.VIEW,
              AccountBalances.YEARS));

  private final Answers answers;
  private final InstantSource clock;

  OverviewReads(Answers answers, InstantSource clock) {
    this.answers = answers;
    this.clock = clock;
  }

  /** `GET /api/overview?today=…`: all figures of one instant; today is the UTC day by itself. */
  void overview(Exchange exchange) throws InterruptedException {
    exchange.allowedQuery("today");
    LocalDate today = today(exchange);
    Read read =
        answers.snapshot(
            exchange.tenant(), views -> Json.write(new OverviewFigures(views, today).overview()));
    // The day is part of the question, asked or not: at midnight the answer is another.
    answers.serve(exchange, KIND.on(today.toString()), () -> read);
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
