package xalesin.bench;

import java.util.List;
import xalesin.bench.report.Report;

/** One named benchmark. Bounded in time; ends every process that it started. */
interface Bench {
  /** Name on the command line and of its files. */
  String name();

  String question();

  String baseline();

  /** How it measures, a sentence each. */
  List<String> method();

  /** Measures; what it finds goes into the findings. */
  void measure(Session session, Findings findings) throws Exception;

  /** Whether what was found is a failure of the server, whatever its speed. */
  default boolean failed(Report report) {
    return false;
  }
}
