/**
 * How much each caller may ask, and how much is worked on at once: token buckets for tenants,
 * callers and addresses, places and bounded queues for each class of work.
 */
@NullMarked
package xalesin.edge.limits;

import org.jspecify.annotations.NullMarked;
