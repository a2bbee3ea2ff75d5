package xalesin.embedded;

/** A running Kafka cluster, wherever it runs. Closing it stops it; a second close does nothing. */
public interface KafkaServer extends AutoCloseable {
  /** {@code host:port}, for {@code bootstrap.servers}. */
  String bootstrapServers();

  @Override
  void close();
}
