package xalesin.client;

import java.net.http.HttpClient;

/** What all connections of a client have in common. */
record Shared(LiveClientConfig config, HttpClient http, Counters counters) {}
