package xalesin.projection.stream;

/** A stream of a tenant. */
record StreamId(String tenant, String stream) {}
