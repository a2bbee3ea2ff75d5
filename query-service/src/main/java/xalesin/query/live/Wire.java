package xalesin.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** How what is pushed is put into bytes for a kind of connection. */
enum Wire {
  /** Server-Sent Events, of one subscription. */
  STREAM {
    @Override
    Message message(String subscription, Event event) {
      return new Message(NOTHING, event.streamed());
    }

    // A comment, and where to go on from.
    @Override
    Message ping(Map<String, Long> sequences) {
      StringBuilder text = new StringBuilder(": ping\n");
      sequences.values().forEach(sequence -> text.append("id: ").append(sequence).append('\n'));
      return new Message(NOTHING, text.append('\n').toString().getBytes(UTF_8));
    }
  },

  /** Messages of a WebSocket, each an object that names its subscription. */
  SOCKET {
    @Override
    Message message(String subscription, Event event) {
      return new Message(("{\"as\":\"" + subscription + "\",").getBytes(UTF_8), event.sent());
    }

    @Override
    Message ping(Map<String, Long> sequences) {
      StringBuilder text = new StringBuilder("{\"event\":\"ping\",\"data\":{\"sequences\":{");
      sequences.forEach(
          (name, sequence) ->
              text.append(text.charAt(text.length() - 1) == '{' ? "\"" : ",\"")
                  .append(name)
                  .append("\":")
                  .append(sequence));
      return new Message(NOTHING, text.append("}}}").toString().getBytes(UTF_8));
    }
  };

  private static final byte[] NOTHING = {};

  /**
   * One message. Its arrays are not to be changed.
   *
   * @param head of this connection alone
   * @param body shared by all that are told the same
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Message(byte[] head, byte[] body) {
    static Message of(byte[] whole) {
      return new Message(NOTHING, whole);
    }

    int size() {
      return head.length + body.length;
    }
  }

  /**
   * @param subscription its name, of letters that need no escape in JSON
   */
  abstract Message message(String subscription, Event event);

  /** A sign of life. */
  abstract Message ping(Map<String, Long> sequences);
}
