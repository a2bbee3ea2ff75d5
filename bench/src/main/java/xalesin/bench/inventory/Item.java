package xalesin.bench.inventory;

/**
 * An item that the benchmark works on.
 *
 * @param tenant whose
 * @param id made by the benchmark
 * @param sku unique in the tenant
 * @param path {@code /api/inventory-items/<id>}
 */
public record Item(Tenant tenant, String id, String sku, String category, String path) {}
