package xalesin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told what, whatever happens at the same time. */
class AudienceTest {
  private static final LiveQuestion ITEMS = LiveQuestion.views("items");

  private final LiveException reason = new LiveException(400, "", "refused on purpose");

  private final LiveClientConfig config =
      LiveClientConfig.of(URI.create("http://127.0.0.1"), TokenSource.of("secret"));
  private final LiveClient client = LiveClient.of(config);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Topic topic =
      new Topic(ITEMS, new Link(client, new Shared(config, http, new Counters()), ITEMS));
  private final Recorder recorder = new Recorder();
  private final Audience audience = new Audience();

  @AfterEach
  void stop() {
    client.close();
    http.close();
  }

  private void follow() {
    topic.subscriptions.add(new LiveSubscription(client, topic, recorder));
    audience.add(topic);
  }

  @Test
  void what_is_offline_does_not_go_back_to_reconnecting() {
    follow();
    audience.become(ConnectionState.LIVE);
    audience.become(ConnectionState.LIVE, ConnectionState.RECONNECTING);
    assertThat(audience.isOfflineNow()).isTrue();
    assertThat(audience.isOfflineNow()).isFalse();
    audience.tellAll();
    audience.become(ConnectionState.LIVE, ConnectionState.RECONNECTING);
    assertThat(recorder.states())
        .containsExactly(
            ConnectionState.LIVE, ConnectionState.RECONNECTING, ConnectionState.OFFLINE);
  }

  @Test
  void what_is_live_is_not_offline() {
    audience.become(ConnectionState.LIVE);
    assertThat(audience.isOfflineNow()).isFalse();
    assertThat(audience.state()).isEqualTo(ConnectionState.LIVE);
  }

  @Test
  void a_topic_that_went_to_another_link_is_told_nothing_here() {
    follow();
    Audience other = new Audience();
    audience.tellAll();
    audience.end(
        () -> {
          other.add(topic);
          return List.of();
        },
        reason);
    audience.tellAll();
    audience.tell(new LiveState(1, Map.of("items", new LiveState.Rows(List.of(), 0))));
    other.become(ConnectionState.LIVE);
    assertThat(recorder.states()).containsExactly(ConnectionState.CONNECTING, ConnectionState.LIVE);
    assertThat(recorder.changes()).isEmpty();
    assertThat(recorder.failure()).isNull();
  }

  @Test
  void nobody_is_told_from_here_while_topics_go_to_another_link() throws Exception {
    follow();
    Thread late = new Thread(audience::tellAll);
    audience.end(
        () -> {
          late.start();
          await().until(() -> !late.isAlive() || late.getState() == Thread.State.WAITING);
          return List.of();
        },
        reason);
    late.join();
    assertThat(recorder.states()).isEmpty();
  }

  @Test
  void those_that_fail_are_told_so_and_why() {
    follow();
    audience.end(() -> topic.subscriptions, reason);
    assertThat(recorder.states()).containsExactly(ConnectionState.FAILED);
    assertThat(recorder.failure()).isSameAs(reason);
  }

  @Test
  void who_comes_late_is_told_all_there_is() {
    audience.tell(new LiveState(3, Map.of("items", new LiveState.Rows(List.of(), 0))));
    follow();
    audience.tellAll();
    recorder.awaitChanges("3: ");
  }
}
