package xalesin.schemas;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A command that begins a stream. */
public interface Creation {
  /** The new thing's id, or null when the server is to make one. */
  @Nullable UUID id();
}
