package xalesin.query.live;

import java.time.Duration;
import java.util.List;

/**
 * What a client follows. Two with the same text share everything.
 *
 * @param text all of it in a normal form
 * @param window changes are gathered for so long; the first after a quiet while goes out at once
 * @param parts for this question alone: they remember
 */
public record Question(String text, Duration window, List<Part> parts) {}
