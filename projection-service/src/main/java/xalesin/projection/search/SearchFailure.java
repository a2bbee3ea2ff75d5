package xalesin.projection.search;

import java.io.IOException;

/** The index could not be read or written. */
public final class SearchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SearchFailure(String what, IOException cause) {
    super(what, cause);
  }
}
