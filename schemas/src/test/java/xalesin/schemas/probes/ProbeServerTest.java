package xalesin.schemas.probes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import xalesin.schemas.probes.ProbeServer.Readiness;

class ProbeServerTest {
  @Test
  void a_program_says_whether_it_is_ready_and_why_not() throws Exception {
    AtomicReference<Readiness> readiness =
        new AtomicReference<>(new Readiness(false, "restoring 3 of 8 are readable"));
    try (ProbeServer probes =
            ProbeServer.start(
                new ManagementAddress("127.0.0.1", 0), readiness::get, () -> "lag 7\n");
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, probes, "/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> restoring = get(client, probes, "/health/ready");
      assertThat(restoring.statusCode()).isEqualTo(503);
      assertThat(restoring.body()).isEqualTo("restoring 3 of 8 are readable\n");
      readiness.set(new Readiness(true, "running"));
      HttpResponse<String> running = get(client, probes, "/health/ready");
      assertThat(running.statusCode()).isEqualTo(200);
      assertThat(running.body()).isEqualTo("running\n");
      assertThat(get(client, probes, "/metrics").body()).isEqualTo("lag 7\n");
    }
  }

  private static HttpResponse<String> get(HttpClient client, ProbeServer probes, String path)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + probes.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
