package xalesin.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestServersIT {
  @Test
  void all_tests_of_a_jvm_share_one_server_of_each_kind() {
    assertThat(TestServers.postgres()).isSameAs(TestServers.postgres());
    assertThat(TestServers.kafka()).isSameAs(TestServers.kafka());
  }

  @Test
  void every_fresh_database_is_another_one() throws Exception {
    Database one = TestServers.freshDatabase("fresh");
    Database two = TestServers.freshDatabase("fresh");

    try (var first = one.connect();
        var second = two.connect()) {
      first.createStatement().execute("create table only_here (id int)");
      try (var found =
          second.createStatement().executeQuery("select to_regclass('only_here') is null")) {
        found.next();
        assertThat(found.getBoolean(1)).isTrue();
      }
    }
  }

  @Test
  void the_shared_kafka_takes_topics() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic("shared", 2, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);

      assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("shared");
    }
  }
}
