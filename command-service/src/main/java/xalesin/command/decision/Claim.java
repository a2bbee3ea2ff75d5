package xalesin.command.decision;

import java.util.List;

/**
 * A value that only one stream of a tenant may hold, such as a SKU.
 *
 * @param kind what it is, such as {@code sku}
 */
public record Claim(String kind, String value) {

  /** What an event takes and gives back. */
  public record Changes(List<Claim> released, List<Claim> claimed) {
    public static final Changes NONE = new Changes(List.of(), List.of());

    public static Changes claim(Claim claim) {
      return new Changes(List.of(), List.of(claim));
    }

    public static Changes release(Claim claim) {
      return new Changes(List.of(claim), List.of());
    }

    public static Changes replace(Claim old, Claim claim) {
      return old.equals(claim) ? NONE : new Changes(List.of(old), List.of(claim));
    }
  }
}
