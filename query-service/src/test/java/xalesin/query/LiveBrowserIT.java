package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import xalesin.edge.Route;
import xalesin.edge.RouteClass;
import xalesin.edge.Verb;
import xalesin.query.live.LiveConfig;

/** The browser's own EventSource and WebSocket, in a page of this installation. */
@ExtendWith(TestNode.Started.class)
class LiveBrowserIT {
  private static final Duration WITHIN = Duration.ofSeconds(90);

  private static final String PAGE =
      """
      <!doctype html><meta charset=utf-8><title>live</title><script>
      const got = {stream: '', socket: '', states: '', closed: 0};
      const ticket = async token => {
        const sold = await fetch('/api/live/tickets',
          {method: 'POST', headers: {Authorization: 'Bearer ' + token}});
        return (await sold.json()).ticket;
      };
      const put = (where, data) => data.changes.forEach(change =>
        change.upserts.forEach(row => got[where] = row.name + ' ' + row.version));
      const follow = async token => {
        const stream = new EventSource('/api/live?views=inventory-items&ticket=' + await ticket(token));
        for (const event of ['snapshot', 'batch'])
          stream.addEventListener(event, frame => put('stream', JSON.parse(frame.data)));
        stream.onerror = () => got.states += stream.readyState;
        const socket = new WebSocket('/api/live/ws?ticket=' + await ticket(token));
        socket.onopen = () => socket.send(
          JSON.stringify({subscribe: {as: 'items', views: 'inventory-items'}}));
        socket.onmessage = message => {
          const frame = JSON.parse(message.data);
          if (frame.as === 'items' && frame.data) put('socket', frame.data);
        };
        socket.onclose = event => got.closed = event.code;
      };
      </script>
      """;

  private static Route page() {
    return new Route(
        Verb.GET,
        "/page",
        null,
        RouteClass.READ,
        exchange -> {
          exchange.header("Content-Security-Policy", "default-src 'self' 'unsafe-inline'");
          exchange.send(200, "text/html;charset=utf-8", PAGE.getBytes(UTF_8));
        });
  }

  @Test
  void a_page_is_kept_up_to_date_and_told_when_the_process_stops(@TempDir Path profile) {
    TestNode node = TestNode.shared();
    TenantStory story = TenantStory.of("live-browser", node::send);
    UUID id = story.create("SHOWN", "c");
    TestNode.Door door = node.door(LiveConfig.standard(), InstantSource.system(), page());
    try (door;
        Browser browser = new Browser(profile, "http://127.0.0.1:" + door.port() + "/page")) {
      String token = door.token(story.tenant(), "page", Duration.ofHours(1));
      await()
          .atMost(WITHIN)
          .until(
              () -> browser.run("document.readyState + typeof follow").equals("completefunction"));
      browser.run("follow('" + token + "')");
      await().atMost(WITHIN).until(() -> browser.run("got.stream").endsWith(" 1"));
      await().atMost(WITHIN).until(() -> browser.run("got.socket").endsWith(" 1"));
      story.receive(id, 3);
      await().atMost(WITHIN).until(() -> browser.run("got.stream").endsWith(" 2"));
      await().atMost(WITHIN).until(() -> browser.run("got.socket").endsWith(" 2"));
      door.close();
      await().atMost(WITHIN).until(() -> browser.run("got.closed").equals("1001"));
      // The stream has ended, too, and is being connected again by the browser itself.
      await().atMost(WITHIN).until(() -> browser.run("got.states").contains("0"));
      assertThat(browser.run("got.socket")).isEqualTo(browser.run("got.stream"));
    }
  }
}
