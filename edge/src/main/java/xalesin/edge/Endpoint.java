package xalesin.edge;

/**
 * What a route does: parse, call one function, answer. Runs on a virtual thread and may block.
 * Called by many threads at once. Whatever it throws becomes a problem document: a {@link
 * ProblemException} as it says, anything else a 500.
 */
@FunctionalInterface
public interface Endpoint {
  void handle(Exchange exchange) throws Exception;
}
