/**
 * Real PostgreSQL and a real Kafka broker as libraries, for the laptop and for tests; containers
 * instead where a Docker engine answers.
 */
@NullMarked
package xalesin.embedded;

import org.jspecify.annotations.NullMarked;
