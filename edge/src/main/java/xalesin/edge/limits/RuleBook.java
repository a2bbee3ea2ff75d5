package xalesin.edge.limits;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import xalesin.edge.RouteClass;

/**
 * Policies, made ready: whatever is the same for every request is computed once. Immutable; made
 * anew when policies change.
 */
final class RuleBook {
  private final Map<RouteClass, Rule> usual;
  private final Map<String, Map<RouteClass, Rule>> exceptions = new HashMap<>();
  private final Limit address;
  private final String addressPolicy;

  /**
   * What holds for the callers of a tenant in one class.
   *
   * @param policy the header `RateLimit-Policy`
   */
  record Rule(Limit tenant, Limit caller, String policy) {}

  /** Throws IllegalArgumentException when the policies cannot be shared by so many nodes. */
  RuleBook(Policies policies, int nodes) {
    ClassPolicies tenant = Policies.or(null, policies.tenant());
    ClassPolicies caller = Policies.or(null, policies.caller());
    usual = rules(tenant, caller, nodes);
    if (policies.tenants() != null) {
      policies
          .tenants()
          .forEach(
              (name, own) -> {
                try {
                  exceptions.put(
                      name,
                      rules(
                          Policies.or(own.tenant(), tenant),
                          Policies.or(own.caller(), caller),
                          nodes));
                } catch (IllegalArgumentException e) {
                  throw new IllegalArgumentException("tenant " + name + ": " + e.getMessage(), e);
                }
              });
    }
    address = Limit.of("address", Objects.requireNonNull(policies.address()), nodes);
    addressPolicy = address.item();
  }

  private static Map<RouteClass, Rule> rules(
      ClassPolicies tenant, ClassPolicies caller, int nodes) {
    Map<RouteClass, Rule> rules = new EnumMap<>(RouteClass.class);
    for (RouteClass each : RouteClass.values()) {
      String suffix = "-" + each.name().toLowerCase(Locale.ROOT);
      Limit ofTenant = Limit.of("tenant" + suffix, Objects.requireNonNull(tenant.of(each)), nodes);
      Limit ofCaller = Limit.of("caller" + suffix, Objects.requireNonNull(caller.of(each)), nodes);
      rules.put(each, new Rule(ofTenant, ofCaller, ofTenant.item() + ", " + ofCaller.item()));
    }
    return rules;
  }

  Rule of(String tenant, RouteClass routeClass) {
    return Objects.requireNonNull(exceptions.getOrDefault(tenant, usual).get(routeClass));
  }

  Limit ofAddress() {
    return address;
  }

  String addressPolicy() {
    return addressPolicy;
  }
}
