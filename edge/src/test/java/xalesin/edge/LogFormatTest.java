package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import xalesin.schemas.Json;

class LogFormatTest {
  /** A line as the project's logback.xml prints it in the given format. */
  private static String line(String format) throws Exception {
    LoggerContext context = new LoggerContext();
    LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    context.setMDCAdapter(mdc);
    context.putProperty("XALESIN_LOG_FORMAT", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL resource = Objects.requireNonNull(LogFormatTest.class.getResource("/logback.xml"));
    configurator.doConfigure(resource);
    mdc.put("tenant", "acme");
    mdc.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
    Logger logger = context.getLogger("xalesin.edge.Doorman");
    assertThat(logger.getEffectiveLevel()).isEqualTo(Level.INFO);
    LoggingEvent event =
        new LoggingEvent(
            "x",
            logger,
            Level.ERROR,
            "{} failed",
            new IllegalStateException("a \"quoted\"\nline"),
            new Object[] {"GET"});
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("log");
    assertThat(appender.getTarget()).isEqualTo("System.err");
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void json_logs_are_one_object_per_line_with_trace_and_tenant() throws Exception {
    String line = line("json");
    assertThat(line.strip().lines()).hasSize(1);
    JsonNode event = Json.STRICT.readTree(line);
    assertThat(event.at("/mdc/tenant").asText()).isEqualTo("acme");
    assertThat(event.at("/mdc/traceId").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(event.path("level").asText()).isEqualTo("ERROR");
    assertThat(event.path("formattedMessage").asText()).isEqualTo("GET failed");
    assertThat(event.at("/throwable/message").asText()).isEqualTo("a \"quoted\"\nline");
  }

  @Test
  void text_logs_are_for_people() throws Exception {
    assertThat(line("text"))
        .contains("ERROR Doorman [acme 4bf92f3577b34da6a3ce929d0e0e4736] GET failed")
        .contains("IllegalStateException: a \"quoted\"");
  }
}
