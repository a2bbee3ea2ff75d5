package xalesin.schemas.parties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.InvalidValueException;

/**
 * A postal address.
 *
 * @param label what it is for, such as {@code billing} or {@code shipping}
 * @param lines street and house, one or more
 * @param country ISO 3166-1 alpha-2, such as {@code DE}
 */
public record Address(
    String label,
    List<String> lines,
    String city,
    @Nullable String region,
    @Nullable String postalCode,
    String country) {
  public static final int MAX_LINES = 5;

  public Address {
    Check.text("label", label, Check.CODE);
    lines = Check.notEmpty("lines", lines, MAX_LINES);
    for (int i = 0; i < lines.size(); i++) {
      Check.text("lines/" + i, lines.get(i), Check.NAME);
    }
    Check.text("city", city, Check.CODE);
    Check.optionalText("region", region, Check.CODE);
    Check.optionalText("postalCode", postalCode, Check.CODE);
    if (!Check.required("country", country).matches("[A-Z]{2}")) {
      throw new InvalidValueException(
          "country", "must be an ISO 3166-1 alpha-2 country code, such as \"DE\"");
    }
  }
}
