package xalesin.command.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map whose updates share all but a path with the map before, so that a state
 * of ten thousand entries evolves as fast as one of ten: an AVL tree (Adelson-Velsky and Landis,
 * 1962) with path copying. Thread-safe.
 */
public final class Tree<K extends Comparable<K>, V> {
  private static final Tree<?, ?> EMPTY = new Tree<>(null);

  private final @Nullable Node<K, V> root;

  private record Node<K, V>(
      K key,
      V value,
      @Nullable Node<K, V> left,
      @Nullable Node<K, V> right,
      int height,
      int size) {}

  private Tree(@Nullable Node<K, V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked")
  public static <K extends Comparable<K>, V> Tree<K, V> empty() {
    return (Tree<K, V>) EMPTY;
  }

  public int size() {
    return size(root);
  }

  /** Entries on the longest path from the root. */
  int height() {
    return height(root);
  }

  public @Nullable V get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int side = key.compareTo(node.key);
      if (side == 0) {
        return node.value;
      }
      node = side < 0 ? node.left : node.right;
    }
    return null;
  }

  public boolean contains(K key) {
    return get(key) != null;
  }

  public Tree<K, V> with(K key, V value) {
    return new Tree<>(put(root, key, value));
  }

  public Tree<K, V> without(K key) {
    return contains(key) ? new Tree<>(remove(root, key)) : this;
  }

  /** All entries in the order of the keys. */
  public List<Map.Entry<K, V>> entries() {
    List<Map.Entry<K, V>> entries = new ArrayList<>(size());
    collect(root, entries);
    return entries;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tree<?, ?> tree && entries().equals(tree.entries());
  }

  @Override
  public int hashCode() {
    return entries().hashCode();
  }

  @Override
  public String toString() {
    return entries().toString();
  }

  private static <K, V> void collect(@Nullable Node<K, V> node, List<Map.Entry<K, V>> entries) {
    if (node != null) {
      collect(node.left, entries);
      entries.add(Map.entry(node.key, node.value));
      collect(node.right, entries);
    }
  }

  private static <K extends Comparable<K>, V> Node<K, V> put(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null, 1, 1);
    }
    int side = key.compareTo(node.key);
    if (side == 0) {
      return new Node<>(key, value, node.left, node.right, node.height, node.size);
    }
    return side < 0
        ? balance(node, put(node.left, key, value), node.right)
        : balance(node, node.left, put(node.right, key, value));
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int side = key.compareTo(node.key);
    if (side < 0) {
      return balance(node, remove(node.left, key), node.right);
    }
    if (side > 0) {
      return balance(node, node.left, remove(node.right, key));
    }
    if (node.left == null || node.right == null) {
      return node.left == null ? node.right : node.left;
    }
    Node<K, V> next = node.right;
    while (next.left != null) {
      next = next.left;
    }
    return balance(next, node.left, remove(node.right, next.key));
  }

  /** The entry of {@code at} above two subtrees whose heights differ by at most two. */
  private static <K, V> Node<K, V> balance(
      Node<K, V> at, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (left != null && height(left) > height(right) + 1) {
      Node<K, V> inner = left.right;
      return inner == null || height(left.left) >= height(inner)
          ? join(left, left.left, join(at, inner, right))
          : join(inner, join(left, left.left, inner.left), join(at, inner.right, right));
    }
    if (right != null && height(right) > height(left) + 1) {
      Node<K, V> inner = right.left;
      return inner == null || height(right.right) >= height(inner)
          ? join(right, join(at, left, inner), right.right)
          : join(inner, join(at, left, inner.left), join(right, inner.right, right.right));
    }
    return join(at, left, right);
  }

  private static <K, V> Node<K, V> join(
      Node<K, V> at, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    return new Node<>(
        at.key,
        at.value,
        left,
        right,
        1 + Math.max(height(left), height(right)),
        1 + size(left) + size(right));
  }

  private static int height(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.height;
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }
}
