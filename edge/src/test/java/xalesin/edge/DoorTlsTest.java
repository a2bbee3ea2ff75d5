package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.post;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final String STRICT = "strict-transport-security";

  private final BlockingQueue<PushStream> streams = new LinkedBlockingQueue<>();
  private Path folder;
  private TestCertificate first;
  private TestCertificate second;
  private TestDoor door;
  private HttpClient client;

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    folder = temporary;
    first = TestCertificate.make(folder, "first", "-keyalg", "RSA", "-keysize", "2048");
    second = TestCertificate.make(folder, "second", "-keyalg", "EC", "-groupname", "secp256r1");
    door = doorWith(pem(first, "first"));
    client =
        HttpClient.newBuilder()
            .sslContext(TestCertificate.trusting(first))
            .connectTimeout(PATIENCE)
            .build();
  }

  @AfterAll
  void shut() {
    client.close();
    door.awaitNoConnections();
    door.close();
  }

  private TlsConfig pem(TestCertificate certificate, String name) throws Exception {
    Path chain = Files.writeString(folder.resolve(name + ".crt"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve(name + ".key"), certificate.keyPem());
    return TlsConfig.of(0, new NamedFile("C", chain), new NamedFile("K", key), "");
  }

  private TestDoor doorWith(TlsConfig tls) {
    List<Route> routes =
        List.of(
            get("/api/x", Role.VIEWER, DoorTlsTest::answer),
            post("/api/x", Role.VIEWER, x -> x.json(200, Map.of("bytes", x.rawBody().length))),
            get("/api/live", Role.VIEWER, x -> streams.add(x.push(200, "text/event-stream"))));
    HttpDoorConfig config = HttpDoorConfig.of(0).withTimeouts(IDLE, PATIENCE, IDLE).withTls(tls);
    return new TestDoor(config, routes);
  }

  private static void answer(Exchange x) {
    x.header("ETag", "\"1\"");
    if ("\"1\"".equals(x.header("If-None-Match"))) {
      x.empty(304);
    } else {
      x.json(200, Map.of("host", String.valueOf(x.header("Host"))));
    }
  }

  private static HttpRequest.Builder to(TestDoor door, String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + door.door.tlsPort() + path))
        .header("Authorization", "Bearer " + door.token(Role.VIEWER))
        .timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void http2_is_chosen_and_answers_as_ever() throws Exception {
    HttpResponse<String> row = send(to(door, "/api/x").GET());
    assertThat(row.version()).isEqualTo(Version.HTTP_2);
    assertThat(row.statusCode()).isEqualTo(200);
    assertThat(row.body()).isEqualTo("{\"host\":\"localhost:" + door.door.tlsPort() + "\"}");
    HttpResponse<String> same = send(to(door, "/api/x").header("If-None-Match", "\"1\"").GET());
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    TestDoor.problem(send(to(door, "/api/nowhere").GET()), 404, "unknown-route");
    TestDoor.problem(
        send(to(door, "/api/x").setHeader("Authorization", "Bearer x").GET()),
        401,
        "invalid-token");
    byte[] body = new byte[100_000];
    assertThat(send(to(door, "/api/x").POST(BodyPublishers.ofByteArray(body))).body())
        .isEqualTo("{\"bytes\":100000}");
    TestDoor.problem(
        send(to(door, "/api/x").POST(BodyPublishers.ofByteArray(new byte[2 << 20]))),
        413,
        "too-large");
  }

  @Test
  void http1_is_served_to_those_who_do_not_know_better() throws Exception {
    HttpResponse<String> row = send(to(door, "/api/x").version(Version.HTTP_1_1).GET());
    assertThat(row.version()).isEqualTo(Version.HTTP_1_1);
    assertThat(row.statusCode()).isEqualTo(200);
  }

  @Test
  void browsers_are_told_to_insist_on_tls_by_the_tls_port_only() throws Exception {
    for (String path : List.of("/api/x", "/api/nowhere")) {
      assertThat(send(to(door, path).GET()).headers().allValues(STRICT))
          .containsExactly("max-age=15552000");
      assertThat(RawHttp.get(door, path, door.token(Role.VIEWER)).text().toLowerCase(Locale.ROOT))
          .contains("content-type")
          .doesNotContain(STRICT);
    }
  }

  @Test
  void a_live_stream_and_requests_share_a_connection() throws Exception {
    CompletableFuture<HttpResponse<InputStream>> opened =
        client.sendAsync(to(door, "/api/live").GET().build(), BodyHandlers.ofInputStream());
    PushStream pushed = streams.poll(20, TimeUnit.SECONDS);
    push(pushed, "retry: 1\n");
    HttpResponse<InputStream> live = opened.get(20, TimeUnit.SECONDS);
    assertThat(live.version()).isEqualTo(Version.HTTP_2);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("retry: 1");
      for (int i = 0; i < 100; i++) {
        push(pushed, "data: " + i + "\n");
        assertThat(lines.readLine()).isEqualTo("data: " + i);
        assertThat(send(to(door, "/api/x").GET()).statusCode()).isEqualTo(200);
      }
      pushed.end(Push.Ending.STOPPING, true);
      assertThat(lines.readLine()).isNull();
    }
  }

  private static void push(PushStream stream, String text) throws Exception {
    CompletableFuture<Void> written = new CompletableFuture<>();
    stream.write(
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
        true,
        new Push.Written() {
          @Override
          public void done() {
            written.complete(null);
          }

          @Override
          public void failed(Throwable failure) {
            written.completeExceptionally(failure);
          }
        });
    written.get(20, TimeUnit.SECONDS);
  }

  private SSLSocket handshake(TestDoor with, String protocol, String... ciphers) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            TestCertificate.trusting(first, second)
                .getSocketFactory()
                .createSocket("localhost", with.door.tlsPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setEnabledProtocols(new String[] {protocol});
    if (ciphers.length > 0) {
      socket.setEnabledCipherSuites(ciphers);
    }
    try {
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Test
  void only_forward_secret_authenticated_ciphers_of_tls_12_and_13_are_agreed_to() throws Exception {
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      try (SSLSocket socket = handshake(door, protocol)) {
        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        assertThat(socket.getSession().getCipherSuite()).containsAnyOf("_GCM_", "_CHACHA20_");
      }
    }
    for (String weak :
        List.of(
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA")) {
      assertThatThrownBy(() -> handshake(door, "TLSv1.2", weak))
          .as(weak)
          .isInstanceOf(SSLException.class);
    }
  }

  private static Object serialAt(SSLSocket socket) throws Exception {
    return socket.getSession().getPeerCertificates()[0];
  }

  private static RawAnswer ask(SSLSocket socket, TestDoor door) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET /api/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + door.token(Role.VIEWER)
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    byte[] buffer = new byte[8192];
    int read = socket.getInputStream().read(buffer);
    return new RawAnswer(new String(buffer, 0, read, StandardCharsets.US_ASCII));
  }

  private record RawAnswer(String text) {}

  @Test
  void a_newer_certificate_is_taken_without_ending_connections() throws Exception {
    Path file = folder.resolve("renewed.pem");
    first.writeTo(file);
    NamedFile named = new NamedFile("C", file);
    TlsConfig tls = TlsConfig.of(0, named, named, "").withLookEvery(OFTEN);
    try (TestDoor renewed = doorWith(tls)) {
      try (SSLSocket old = handshake(renewed, "TLSv1.3")) {
        assertThat(serialAt(old)).isEqualTo(first.certificate());
        assertThat(ask(old, renewed).text()).startsWith("HTTP/1.1 200");
        second.writeTo(file);
        await().atMost(PATIENCE).until(() -> serves(renewed, second));
        assertThat(ask(old, renewed).text()).startsWith("HTTP/1.1 200");
        TestCertificate.replace(file, second.certificatePem() + first.keyPem());
        await().atMost(PATIENCE).until(() -> gauge(renewed, "http.server.tls.refused") == 1);
        assertThat(serves(renewed, second)).isTrue();
        Files.delete(file);
        first.writeTo(file);
        await().atMost(PATIENCE).until(() -> serves(renewed, first));
        await().atMost(PATIENCE).until(() -> gauge(renewed, "http.server.tls.refused") == 0);
        assertThat(gauge(renewed, "http.server.tls.expires")).isBetween(1.0, 90.0 * 86_400);
        assertThat(ask(old, renewed).text()).startsWith("HTTP/1.1 200");
      }
    }
  }

  private boolean serves(TestDoor with, TestCertificate certificate) throws Exception {
    try (SSLSocket socket = handshake(with, "TLSv1.3")) {
      return serialAt(socket).equals(certificate.certificate());
    }
  }

  private static double gauge(TestDoor of, String name) {
    return of.registry.get(name).gauge().value();
  }

  @Test
  void certificate_and_key_may_come_as_pkcs12() throws Exception {
    NamedFile store = new NamedFile("C", second.store());
    try (TestDoor other = doorWith(TlsConfig.of(0, store, store, TestCertificate.PASSWORD))) {
      assertThat(serves(other, second)).isTrue();
    }
  }

  @Test
  void a_handshake_that_trickles_or_never_comes_ends_within_the_idle_time() throws Exception {
    TlsConfig tls = pem(first, "slow");
    Duration soon = Duration.ofMillis(500);
    HttpDoorConfig config =
        HttpDoorConfig.of(0).withTimeouts(soon, soon, Duration.ofSeconds(5)).withTls(tls);
    try (TestDoor impatient = new TestDoor(config, List.of());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), impatient.door.tlsPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      // The beginning of a handshake record of 16 KiB.
      socket.getOutputStream().write(new byte[] {22, 3, 1, 0x40, 0});
      Trickle trickle = Trickle.start(() -> socket.getOutputStream().write(1));
      assertThat(isEnded(socket)).isTrue();
      assertThat(trickle.wasCutShort()).isTrue();
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // An alert of TLS, maybe.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
