/** The Kafka Streams topology that applies events to the views. */
@NullMarked
package xalesin.projection.stream;

import org.jspecify.annotations.NullMarked;
