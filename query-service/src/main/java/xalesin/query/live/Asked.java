package xalesin.query.live;

import java.util.function.Supplier;

/**
 * What a client wants to follow.
 *
 * @param text all of it in a normal form
 * @param question makes it, and throws the problem that says why it cannot be followed; called when
 *     nobody follows it yet
 */
public record Asked(String text, Supplier<Question> question) {}
