package xalesin.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to run a Kafka broker of one's own.
 *
 * @param folder where its log lives; created where missing
 * @param bind the address to listen on
 * @param port the port, 0 for a free one
 * @param startWithin how long a start may take, log recovery included
 * @param stopWithin how long a clean stop may take
 * @param settings further broker settings; they win over ours
 */
public record KafkaOptions(
    Path folder,
    String bind,
    int port,
    Duration startWithin,
    Duration stopWithin,
    Map<String, String> settings) {

  public KafkaOptions {
    Checks.address("kafka bind address", bind);
    Checks.port("kafka port", port);
    Checks.positive("kafka startWithin", startWithin);
    Checks.positive("kafka stopWithin", stopWithin);
    settings.keySet().forEach(key -> Checks.matches("kafka setting", key, "[a-z][a-z0-9._-]*"));
    settings = Map.copyOf(settings);
  }

  /** A laptop's broker on 127.0.0.1 and a free port, with its log in the folder. */
  public static KafkaOptions in(Path folder) {
    return new KafkaOptions(
        folder, "127.0.0.1", 0, Duration.ofMinutes(2), Duration.ofSeconds(20), Map.of());
  }

  public KafkaOptions bind(String address) {
    return new KafkaOptions(folder, address, port, startWithin, stopWithin, settings);
  }

  public KafkaOptions port(int number) {
    return new KafkaOptions(folder, bind, number, startWithin, stopWithin, settings);
  }

  /** One more broker setting. */
  public KafkaOptions setting(String key, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(key, value);
    return new KafkaOptions(folder, bind, port, startWithin, stopWithin, more);
  }
}
