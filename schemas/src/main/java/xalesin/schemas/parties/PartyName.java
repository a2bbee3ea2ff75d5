package xalesin.schemas.parties;

import java.util.UUID;

/**
 * A party as a document names it.
 *
 * @param name when the document was written
 */
public record PartyName(UUID id, String name) {}
