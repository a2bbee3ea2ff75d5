/** The inventory views: items with their stock, and the movements of goods. */
@NullMarked
package xalesin.projection.inventory;

import org.jspecify.annotations.NullMarked;
