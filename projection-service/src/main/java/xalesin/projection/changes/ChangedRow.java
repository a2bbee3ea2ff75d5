package xalesin.projection.changes;

import java.util.UUID;
import xalesin.projection.view.View;

/** The name of a row that is new, replaced or gone. */
public interface ChangedRow {
  String tenant();

  View<?> view();

  UUID id();
}
