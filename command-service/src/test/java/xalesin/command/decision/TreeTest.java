package xalesin.command.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {
  @Test
  void a_tree_is_a_sorted_map_that_never_changes() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    TreeMap<Integer, Integer> expected = new TreeMap<>();
    Tree<Integer, Integer> tree = Tree.empty();
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(500);
      Tree<Integer, Integer> before = tree;
      int sizeBefore = before.size();
      if (random.nextInt(3) == 0) {
        tree = tree.without(key);
        expected.remove(key);
      } else {
        tree = tree.with(key, i);
        expected.put(key, i);
      }
      assertThat(before.size()).isEqualTo(sizeBefore);
      assertThat(tree.size()).isEqualTo(expected.size());
      assertThat(tree.get(key)).isEqualTo(expected.get(key));
      if (i % 100 == 0) {
        assertThat(tree.entries())
            .as("seed %d, step %d", seed, i)
            .isEqualTo(new ArrayList<Map.Entry<Integer, Integer>>(expected.entrySet()));
      }
    }
  }

  @Test
  void keys_in_order_do_not_make_it_a_list() {
    Tree<Integer, Integer> tree = Tree.empty();
    for (int i = 0; i < 100_000; i++) {
      tree = tree.with(i, i);
    }
    assertThat(tree.height()).isLessThan(25);
    for (int i = 0; i < 99_000; i++) {
      tree = tree.without(i);
    }
    assertThat(tree.size()).isEqualTo(1_000);
    assertThat(tree.height()).isLessThan(16);
  }

  @Test
  void trees_with_the_same_entries_are_equal_however_they_came_about() {
    Tree<String, Integer> one = Tree.<String, Integer>empty().with("a", 1).with("b", 2);
    Tree<String, Integer> other =
        Tree.<String, Integer>empty().with("c", 3).with("b", 2).with("a", 1).without("c");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(one.with("a", 2));
    assertThat(one).hasToString("[a=1, b=2]");
  }
}
