package xalesin.projection.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.UUID;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;

/**
 * Every key of the views' store. A key is an order-preserving tuple that begins with the tenant and
 * an area, so a tenant is one range of the store and each of its areas one range of that.
 *
 * <p>The areas {@link #APPLIED}, {@link #PARKED} and {@link #ROWS} are facts: what an event writes,
 * and what the changelog topic carries. All others are derived from them as they are written, live
 * and on restore alike, and cost the changelog nothing.
 *
 * <pre>
 * tenant META                                       sequence, newest time, parked streams  derived
 * tenant APPLIED  stream                            applied version, newest time           fact
 * tenant PARKED   stream                            why                                    fact
 * tenant ROWS     view id                           indexed fields and the row's JSON      fact
 * tenant ENTRIES  view index equality… order… id    -                                      derived
 * tenant COUNTERS view index equality…              rows                                   derived
 * tenant DAYS     view index equality… day          rows of that day                       derived
 * tenant 40 (history), 50 (changes)                 reserved
 * 00 name                                           the store's own marks
 * </pre>
 *
 * Stateless, thread-safe. The prefixes of one tenant are kept by {@link TenantKeys}.
 */
public final class Keyspace {
  static final int META = 0x01;
  static final int APPLIED = 0x02;
  static final int PARKED = 0x03;
  static final int ROWS = 0x10;
  static final int ENTRIES = 0x20;
  static final int COUNTERS = 0x30;
  static final int DAYS = 0x31;

  /** No tenant's name is empty, so nothing of a tenant begins with this. */
  private static final int OWN = 0x00;

  private Keyspace() {}

  /** All keys of a tenant begin with it. */
  static byte[] tenant(String tenant) {
    return new KeyBuffer().text(tenant).toBytes();
  }

  static byte[] meta(String tenant) {
    return area(tenant, META).toBytes();
  }

  public static byte[] applied(String tenant, String stream) {
    return area(tenant, APPLIED).raw(stream.getBytes(UTF_8)).toBytes();
  }

  public static byte[] parked(String tenant, String stream) {
    return area(tenant, PARKED).raw(stream.getBytes(UTF_8)).toBytes();
  }

  /** All parked streams of the tenant begin with it. */
  static byte[] parked(String tenant) {
    return area(tenant, PARKED).toBytes();
  }

  public static byte[] row(String tenant, View<?> view, UUID id) {
    return rows(tenant, view).id(id).toBytes();
  }

  static KeyBuffer rows(String tenant, View<?> view) {
    return area(tenant, ROWS).text(view.name());
  }

  static KeyBuffer entries(String tenant, View<?> view, Index<?> index) {
    return area(tenant, ENTRIES).text(view.name()).text(index.name());
  }

  static KeyBuffer counters(String tenant, View<?> view, Index<?> index) {
    return area(tenant, COUNTERS).text(view.name()).text(index.name());
  }

  static KeyBuffer days(String tenant, View<?> view, Index<?> index) {
    return area(tenant, DAYS).text(view.name()).text(index.name());
  }

  /** A mark of the store itself. */
  static byte[] own(String name) {
    return new KeyBuffer().one(OWN).raw(name.getBytes(UTF_8)).toBytes();
  }

  /** Behind the store's own marks, where the first tenant begins. */
  static byte[] firstTenant() {
    return new byte[] {OWN + 1};
  }

  /** The length of the tenant's part of a key, up to the area. */
  static int tenantLength(byte[] key) {
    for (int i = 0; i + 1 < key.length; i++) {
      if (key[i] == 0 && key[i + 1] == 1) {
        return i + 2;
      }
    }
    throw new IllegalArgumentException("not the key of a tenant");
  }

  /** The tenant of a key; tenants' names have no zero bytes. */
  static String tenantOf(byte[] key) {
    return new String(key, 0, tenantLength(key) - 2, UTF_8);
  }

  /** The text that ends a key of the areas APPLIED and PARKED. */
  static String streamOf(byte[] key) {
    int start = tenantLength(key) + 1;
    return new String(key, start, key.length - start, UTF_8);
  }

  /** The view in a key of the area ROWS. */
  static String viewOf(byte[] key, int tenantLength) {
    int start = tenantLength + 1;
    return new String(key, start, key.length - start - KeyBuffer.ID_BYTES - 2, UTF_8);
  }

  static byte[] idOf(byte[] key) {
    return Arrays.copyOfRange(key, key.length - KeyBuffer.ID_BYTES, key.length);
  }

  private static KeyBuffer area(String tenant, int area) {
    return new KeyBuffer().text(tenant).one(area);
  }
}
