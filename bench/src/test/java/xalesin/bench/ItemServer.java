package xalesin.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xalesin.bench.load.RawServer;

/**
 * Counts the versions of items that it is sent commands for, over the paths of the public API, and
 * can be told to forget the newest version in some of its reads.
 */
final class ItemServer implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"|inventory-items/([^/?]+)");

  private final Map<String, Long> versions = new ConcurrentHashMap<>();
  private final Map<String, String> skus = new ConcurrentHashMap<>();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong readsWithoutToken = new AtomicLong();
  private final long staleEvery;
  private final RawServer server;

  /**
   * @param staleEvery which of its reads show an older version; 0 for none
   */
  ItemServer(long staleEvery) throws IOException {
    this.staleEvery = staleEvery;
    this.server = new RawServer(this::answer);
  }

  URI uri() {
    return server.uri();
  }

  long readsWithoutToken() {
    return readsWithoutToken.get();
  }

  private String[] answer(String head, String body) {
    String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/1.1"));
    return new String[] {head.startsWith("POST") ? command(path, body) : read(path, head)};
  }

  private String command(String path, String body) {
    boolean creates = path.equals("/api/inventory-items");
    Matcher id = ID.matcher(creates ? body : path);
    if (!id.find()) {
      return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    }
    String item = creates ? id.group(1) : id.group(2);
    long version = versions.merge(item, 1L, Long::sum);
    if (creates) {
      skus.put(body.replaceAll(".*\"sku\":\"([^\"]+)\".*", "$1"), item);
    }
    String answer = "{\"id\":\"" + item + "\",\"version\":" + version + ",\"events\":[]}";
    return RawServer.ok("Consistency-Token: " + item + "@" + version + "\r\n", answer)
        .replace("200 OK", creates ? "201 Created" : "200 OK");
  }

  private String read(String path, String head) {
    if (!head.contains("Consistency-Token: ")) {
      readsWithoutToken.incrementAndGet();
    }
    boolean stale = staleEvery > 0 && reads.incrementAndGet() % staleEvery == 0;
    boolean all = path.contains("category=") || path.contains("status=");
    String bySku = path.contains("sku=") ? skus.get(path.replaceAll(".*sku=", "")) : null;
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<String, Long> item : versions.entrySet()) {
      boolean asked = all || path.contains(item.getKey()) || item.getKey().equals(bySku);
      if (asked) {
        long version = item.getValue() - (stale ? 1 : 0);
        rows.append(rows.isEmpty() ? "" : ",");
        rows.append("{\"id\":\"" + item.getKey() + "\",\"version\":" + version + "}");
      }
    }
    return RawServer.ok("", "{\"items\":[" + rows + "]}");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
