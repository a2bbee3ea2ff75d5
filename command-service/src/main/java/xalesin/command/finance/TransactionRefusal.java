package xalesin.command.finance;

import java.util.Map;
import java.util.UUID;
import xalesin.command.decision.Refusal;

/** Why something cannot be done with an entry of the journal. The rule's name is for good. */
public sealed interface TransactionRefusal extends Refusal {

  record NotFound() implements TransactionRefusal {
    @Override
    public String rule() {
      return "transaction-not-found";
    }

    @Override
    public String detail() {
      return "There is no such entry.";
    }
  }

  record AlreadyExists() implements TransactionRefusal {
    @Override
    public String rule() {
      return "already-exists";
    }

    @Override
    public String detail() {
      return "An entry with this id was posted with other content.";
    }
  }

  record AlreadyReversed(String number, UUID by) implements TransactionRefusal {
    @Override
    public String rule() {
      return "already-reversed";
    }

    @Override
    public String detail() {
      return "%s has been reversed by entry %s.".formatted(number, by);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("number", number, "reversedBy", by.toString());
    }
  }

  /** What was meant to stand is posted once more instead. */
  record IsReversal(String number, UUID reverses) implements TransactionRefusal {
    @Override
    public String rule() {
      return "is-reversal";
    }

    @Override
    public String detail() {
      return "%s is itself the reversal of entry %s.".formatted(number, reverses);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("number", number, "reverses", reverses.toString());
    }
  }

  /**
   * The document would no longer agree with the books.
   *
   * @param source the stream that it was posted for
   */
  record PostedByDocument(String number, String source) implements TransactionRefusal {
    @Override
    public String rule() {
      return "posted-by-document";
    }

    @Override
    public String detail() {
      return "%s was posted for %s and is not reversed by hand.".formatted(number, source);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("number", number, "source", source);
    }
  }
}
