package xalesin.command.store;

/** A key that a caller gave a request: unique for the caller within the tenant. */
public record IdempotencyKey(String tenant, String caller, String key) {}
