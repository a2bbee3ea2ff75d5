/**
 * What stands at every HTTP door: authentication, tenant, roles, strict input, problem documents,
 * limits, metrics, health and logs. Services bring a list of {@link xalesin.edge.Route}s; nothing
 * here knows the domain.
 */
@NullMarked
package xalesin.edge;

import org.jspecify.annotations.NullMarked;
