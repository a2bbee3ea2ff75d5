package xalesin.cdc;

/** A stream of a tenant. */
record StreamKey(String tenant, String stream) {}
