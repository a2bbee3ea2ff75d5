package xalesin.schemas;

/**
 * A value of the contract is not allowed. Names the field (empty when the value itself is meant)
 * and why.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the JSON name of the field below the value that is checked, or a path from there
   *     such as {@code lines/1}, or an empty string for the value itself
   * @param detail what is wrong, in words for the sender
   */
  public InvalidValueException(String field, String detail) {
    super(detail);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
