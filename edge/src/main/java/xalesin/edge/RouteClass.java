package xalesin.edge;

/** What kind of work a route is: limits and shedding are set per class. */
public enum RouteClass {
  COMMAND,
  READ,
  /** Full-text searches, which cost more than other reads. */
  SEARCH,
  LIVE
}
