package xalesin.edge;

import org.eclipse.jetty.util.Callback;
import xalesin.edge.Push.Written;

/** Hands the end of a write of Jetty's on. */
record WrittenCallback(Written written) implements Callback {
  @Override
  public void succeeded() {
    written.done();
  }

  @Override
  public void failed(Throwable failure) {
    written.failed(failure);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
