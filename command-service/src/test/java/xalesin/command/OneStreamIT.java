package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.Bodies;
import xalesin.command.CommandNode.User;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;

/** Many clients on one stream. */
class OneStreamIT {
  private static final int CLIENTS = 64;
  private static final int EACH = 10;

  private static final Database DATABASE = TestServers.freshDatabase("one_stream");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode NODE = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    NODE.close();
  }

  @Test
  void without_if_match_nobody_loses_and_every_success_has_its_own_version() throws Exception {
    User ann = NODE.clerk("open");
    String id = ann.created("CHAI");
    List<Long> versions =
        Together.run(
                CLIENTS,
                _ ->
                    () -> {
                      List<Long> mine = new ArrayList<>();
                      for (int i = 0; i < EACH; i++) {
                        Answer answer = ann.item(id, "receive", Bodies.receive("1"));
                        assertThat(answer.status()).isEqualTo(200);
                        mine.add(answer.version());
                      }
                      return mine;
                    })
            .stream()
            .flatMap(List::stream)
            .sorted()
            .toList();
    List<Long> expected = LongStream.rangeClosed(2, 1 + CLIENTS * EACH).boxed().toList();
    assertThat(versions).isEqualTo(expected);
    assertThat(LOG.stream("open", id))
        .extracting(Log.Row::version)
        .isEqualTo(LongStream.rangeClosed(1, 1 + CLIENTS * EACH).boxed().toList());
  }

  @Test
  void with_if_match_one_of_them_wins_each_version_and_the_others_are_told() throws Exception {
    User ann = NODE.clerk("matched");
    String id = ann.created("CHAI");
    for (long version = 1; version <= 5; version++) {
      String known = "\"" + version + "\"";
      List<Answer> answers =
          Together.run(
              CLIENTS, _ -> () -> ann.item(id, "receive", Bodies.receive("1"), "If-Match", known));
      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(CLIENTS - 1);
    }
    assertThat(LOG.stream("matched", id)).hasSize(6);
  }

  @Test
  void what_is_issued_at_once_is_never_more_than_there_is() throws Exception {
    User ann = NODE.clerk("scarce");
    String id = ann.created("CHAI");
    ann.item(id, "receive", Bodies.receive("20"));
    List<Answer> answers =
        Together.run(CLIENTS, _ -> () -> ann.item(id, "issue", Bodies.issue("1")));
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(20);
    assertThat(answers)
        .filteredOn(answer -> answer.problem().equals("/problems/insufficient-stock"))
        .hasSize(CLIENTS - 20);
  }
}
