package xalesin.command.decision;

import xalesin.schemas.settings.DocumentKind;

/**
 * Numbers of a tenant that are given out one after another, without gaps: a number is taken in the
 * transaction that appends what bears it, or not at all.
 *
 * @param year the fiscal year, in which it begins with 1
 */
public record Series(DocumentKind kind, int year) {
  @Override
  public String toString() {
    return kind.wireName() + "/" + year;
  }
}
