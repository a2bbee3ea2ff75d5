package xalesin.standalone;

import java.nio.file.Path;
import xalesin.schemas.inventory.InventoryItemRow;

/** The block that {@code up} prints when it is ready. */
final class Welcome {
  private Welcome() {}

  static String text(Stack stack, String tenant, String token, long readyMillis) {
    Installation at = stack.installation();
    return """

        Xalesin is ready after %.1f s.

          API          %s/api    described at %s/docs
          health       %s/health/ready    metrics %s/metrics
          Kafka        %s    topic xalesin.events
          PostgreSQL   %s
          data         %s

        Paste this:

          TOKEN=%s

          # A command creates an item. Its answer carries a consistency token.
          CT=$(curl -sS -o /dev/stderr -D- %s/api/inventory-items \\
            -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
            -d '{"sku": "TEA-'$(date +%%s)'", "name": "Green tea", "price": {"amount": "4.50", "currency": "EUR"}}' \\
            | tr -d '\\r' | sed -n 's/^consistency-token: //Ip')

          # The read that carries it sees the item at once.
          curl -sS '%s/api/inventory-items?status=%s&limit=3' \\
            -H "Authorization: Bearer $TOKEN" -H "Consistency-Token: $CT"

        The token is an administrator's of tenant %s for 30 days; ./xalesin token makes others. Ctrl-C stops.
        """
        .formatted(
            readyMillis / 1000.0,
            at.http(),
            at.http(),
            at.management(),
            at.management(),
            at.kafka(),
            at.postgres().replaceFirst("\\?.*", ""),
            display(stack.data()),
            token,
            at.http(),
            at.http(),
            InventoryItemRow.ACTIVE,
            tenant);
  }

  private static Path display(Path data) {
    return data.toAbsolutePath().normalize();
  }
}
