package xalesin.projection.stream;

import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** Makes the Kafka Streams application of the views. Stateless. */
public final class ViewsStreams {
  private ViewsStreams() {}

  /** Not started yet; the caller closes it. */
  public static KafkaStreams create(Shared shared, Properties settings) {
    return new KafkaStreams(
        ViewsTopology.of(shared), settings, new ViewsClients(shared.progress()));
  }
}
