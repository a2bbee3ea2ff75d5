package xalesin.projection;

import java.util.List;
import java.util.Optional;
import xalesin.projection.audit.AuditLogs;
import xalesin.projection.finance.AccountBalances;
import xalesin.projection.finance.Accounts;
import xalesin.projection.finance.FinancialTransactions;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.inventory.StockMovements;
import xalesin.projection.inventory.StockValuation;
import xalesin.projection.overview.Figures;
import xalesin.projection.overview.LowStock;
import xalesin.projection.parties.Parties;
import xalesin.projection.purchasing.Payables;
import xalesin.projection.purchasing.PurchaseOrders;
import xalesin.projection.sales.Receivables;
import xalesin.projection.sales.SalesOrders;
import xalesin.projection.settings.TenantSettingsView;
import xalesin.projection.view.View;

/** Every view there is. The order counts: a view's fold may look at the rows of those before it. */
public final class ViewCatalog {
  public static final List<View<?>> ALL =
      List.of(
          TenantSettingsView.VIEW,
          Accounts.VIEW,
          FinancialTransactions.VIEW,
          AccountBalances.MONTHS,
          AccountBalances.YEARS,
          StockValuation.VIEW,
          InventoryItems.VIEW,
          StockMovements.VIEW,
          LowStock.VIEW,
          Parties.VIEW,
          // What has changed in an order is seen by those that stand before the orders.
          Figures.VIEW,
          Receivables.VIEW,
          SalesOrders.VIEW,
          Payables.VIEW,
          PurchaseOrders.VIEW,
          AuditLogs.VIEW);

  private ViewCatalog() {}

  public static Optional<View<?>> named(String name) {
    return ALL.stream().<View<?>>map(view -> view).filter(v -> v.name().equals(name)).findFirst();
  }

  public static List<String> names() {
    return ALL.stream().map(View::name).toList();
  }
}
