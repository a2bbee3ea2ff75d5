/** A client of the live push: subscriptions that share connections and survive their loss. */
@NullMarked
package xalesin.client;

import org.jspecify.annotations.NullMarked;
