package xalesin.edge.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All policies: the settings' defaults, or what a policy file says. In a file every part may be
 * missing and is then as the settings say.
 *
 * @param tenant of all callers of a tenant together
 * @param caller of one user of a tenant
 * @param address of what comes without a good token, by the client's address
 * @param tenants other policies for single tenants, by tenant
 */
public record Policies(
    @Nullable ClassPolicies tenant,
    @Nullable ClassPolicies caller,
    @Nullable Policy address,
    @Nullable Map<String, TenantPolicies> tenants) {
  /** So many are looked up as fast as a few, and a file of them stays readable. */
  private static final int MAX_TENANTS = 10_000;

  /** What one tenant has instead of the usual. */
  public record TenantPolicies(@Nullable ClassPolicies tenant, @Nullable ClassPolicies caller) {}

  public Policies {
    if (tenants != null) {
      if (tenants.size() > MAX_TENANTS) {
        throw new IllegalArgumentException("must name " + MAX_TENANTS + " tenants at most");
      }
      for (Map.Entry<String, TenantPolicies> entry : tenants.entrySet()) {
        if (entry.getValue() == null) {
          throw new IllegalArgumentException("must not be null for tenant " + entry.getKey());
        }
      }
      tenants = Map.copyOf(tenants);
    }
  }

  Policies or(Policies usual) {
    Map<String, TenantPolicies> both = new LinkedHashMap<>();
    if (usual.tenants != null) {
      both.putAll(usual.tenants);
    }
    if (tenants != null) {
      both.putAll(tenants);
    }
    return new Policies(
        or(tenant, usual.tenant),
        or(caller, usual.caller),
        address == null ? usual.address : address,
        both);
  }

  static ClassPolicies or(@Nullable ClassPolicies own, @Nullable ClassPolicies usual) {
    ClassPolicies base = usual == null ? ClassPolicies.USUAL : usual;
    return own == null ? base : own.or(base);
  }
}
