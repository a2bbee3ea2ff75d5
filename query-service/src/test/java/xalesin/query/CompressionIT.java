package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestNode.Started.class)
class CompressionIT {
  private static final String ITEMS = "/api/inventory-items";

  private final TestNode node = TestNode.shared();
  private final TenantStory story = TenantStory.of("compression", node::send);
  private final Reader reader = node.reader(story.tenant());
  private UUID first = UUID.randomUUID();

  @BeforeEach
  void ten_items() {
    first = story.create("SKU-0", "Tea");
    for (int i = 1; i < 10; i++) {
      story.create("SKU-" + i, "Tea");
    }
    reader.getAfter(story, ITEMS).expect(200);
  }

  private static byte[] decoded(String coding, byte[] body) throws IOException {
    return switch (coding) {
      case "gzip" -> new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      case "zstd" -> Zstd.decompress(body, (int) Zstd.getFrameContentSize(body));
      case "br" -> Decoder.decompress(body).getDecompressedData();
      default -> throw new AssertionError(coding);
    };
  }

  @Test
  void a_list_comes_in_the_form_asked_for_and_is_the_same() throws IOException {
    Answer plain = reader.get(ITEMS).expect(200);
    assertThat(plain.header("Content-Encoding")).isNull();
    for (int round = 0; round < 2; round++) {
      for (String coding : new String[] {"gzip", "br", "zstd"}) {
        Answer answer = reader.get(ITEMS, "Accept-Encoding", coding).expect(200);
        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Vary")).isEqualTo("Authorization, Accept-Encoding");
        assertThat(answer.header("ETag")).isEqualTo(plain.header("ETag")).startsWith("W/");
        byte[] body = answer.response().body();
        assertThat(body.length).isLessThan(plain.response().body().length / 2);
        assertThat(decoded(coding, body)).isEqualTo(plain.response().body());
        reader
            .get(ITEMS, "Accept-Encoding", coding, "If-None-Match", plain.requiredHeader("ETag"))
            .expect(304);
      }
    }
  }

  @Test
  void a_changed_list_is_compressed_anew() throws IOException {
    reader.get(ITEMS, "Accept-Encoding", "zstd").expect(200);
    story.receive(first, 7);
    Answer answer = reader.getAfter(story, ITEMS, "Accept-Encoding", "zstd").expect(200);
    assertThat(decoded("zstd", answer.response().body()))
        .isEqualTo(reader.get(ITEMS).expect(200).response().body());
  }

  @Test
  void rows_small_answers_and_problems_come_as_they_are() {
    for (String path : new String[] {ITEMS + "/" + first, "/api/parties", ITEMS + "?limit=0"}) {
      Answer answer = reader.get(path, "Accept-Encoding", "gzip, br, zstd");
      assertThat(answer.header("Content-Encoding")).as(path).isNull();
      assertThat(answer.text()).startsWith("{");
    }
    assertThat(reader.get(ITEMS + "/" + first).requiredHeader("ETag")).isEqualTo("\"1\"");
  }
}
