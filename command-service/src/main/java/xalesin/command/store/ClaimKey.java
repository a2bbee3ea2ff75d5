package xalesin.command.store;

/** What only one stream of the tenant may hold. */
public record ClaimKey(String tenant, String kind, String value) implements Comparable<ClaimKey> {
  @Override
  public int compareTo(ClaimKey other) {
    int byTenant = tenant.compareTo(other.tenant);
    int byKind = byTenant != 0 ? byTenant : kind.compareTo(other.kind);
    return byKind != 0 ? byKind : value.compareTo(other.value);
  }
}
