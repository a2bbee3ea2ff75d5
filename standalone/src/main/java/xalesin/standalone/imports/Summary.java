package xalesin.standalone.imports;

/**
 * What an import has done so far.
 *
 * @param accepted commands that the server accepted
 * @param replayed those of them that it had done before
 * @param refused commands that it refused
 * @param faulty lines and rows that gave no command
 */
record Summary(long accepted, long replayed, long refused, long faulty) {
  static final Summary NOTHING = new Summary(0, 0, 0, 0);

  /** Entries of the input that are done with. */
  long entries() {
    return accepted + refused + faulty;
  }

  long errors() {
    return refused + faulty;
  }

  Summary plus(Result result) {
    return result.isAccepted()
        ? new Summary(accepted + 1, replayed + (result.isReplayed() ? 1 : 0), refused, faulty)
        : new Summary(accepted, replayed, refused + 1, faulty);
  }

  Summary plusFaulty() {
    return new Summary(accepted, replayed, refused, faulty + 1);
  }
}
