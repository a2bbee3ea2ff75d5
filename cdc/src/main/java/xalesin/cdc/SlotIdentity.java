package xalesin.cdc;

/**
 * What makes two LSNs comparable: the same cluster, the same history of it, the same slot.
 *
 * @param systemIdentifier given to the cluster by initdb, never changed
 * @param timeline counts promotions and point-in-time recoveries
 * @param slot the slot's name
 */
public record SlotIdentity(String systemIdentifier, long timeline, String slot) {}
