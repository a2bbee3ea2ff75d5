package xalesin.embedded;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports Kafka's faults; a fatal one completes the future, where Kafka alone would halt the JVM.
 */
final class KafkaFaults implements FaultHandlerFactory {
  private static final Logger log = LoggerFactory.getLogger(KafkaFaults.class);

  private final CompletableFuture<Throwable> fatalFault;

  KafkaFaults(CompletableFuture<Throwable> fatalFault) {
    this.fatalFault = fatalFault;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return new FaultHandler() {
      @Override
      public RuntimeException handleFault(String message, @Nullable Throwable cause) {
        var fault =
            new EmbeddedServerException("Kafka, " + name + ": " + message + ": " + cause, cause);
        log.error("A {} fault in Kafka", fatal ? "fatal" : "passing", fault);
        action.run();
        if (fatal) {
          fatalFault.complete(fault);
        }
        return fault;
      }
    };
  }
}
