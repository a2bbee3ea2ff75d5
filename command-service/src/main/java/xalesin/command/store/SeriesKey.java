package xalesin.command.store;

/** Numbers of a tenant that are given out one after another. */
public record SeriesKey(String tenant, String series) implements Comparable<SeriesKey> {
  @Override
  public int compareTo(SeriesKey other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : series.compareTo(other.series);
  }
}
