package xalesin.command.store;

/**
 * A stream of a tenant.
 *
 * @param stream as {@link xalesin.schemas.StreamName} prints it
 */
public record StreamKey(String tenant, String stream) implements Comparable<StreamKey> {
  @Override
  public int compareTo(StreamKey other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : stream.compareTo(other.stream);
  }
}
