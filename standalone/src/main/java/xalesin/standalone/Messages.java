package xalesin.standalone;

/** What went wrong, for the person at the terminal. */
final class Messages {
  private Messages() {}

  /** The exception's words, with those of its causes where they say something more. */
  static String of(Throwable fault) {
    StringBuilder text = new StringBuilder(words(fault));
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      String more = words(cause);
      if (text.indexOf(more) < 0) {
        text.append(": ").append(more);
      }
    }
    return text.toString();
  }

  private static String words(Throwable fault) {
    String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message;
  }
}
