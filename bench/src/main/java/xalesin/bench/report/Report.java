package xalesin.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found, with all that is needed to judge it.
 *
 * @param name the benchmark's
 * @param question what it asks
 * @param baseline what its figures are held against
 * @param method how it measured, sentence by sentence
 * @param commandLine what was typed
 * @param at when it began
 * @param machine where: name and value
 * @param settings what it was set to: name and value
 * @param figures its answers
 * @param plots pictures of them
 * @param doubts why some of it should not be taken at face value; empty when all can
 * @param evidence further raw material, kept in the JSON only
 */
public record Report(
    String name,
    String question,
    String baseline,
    List<String> method,
    String commandLine,
    Instant at,
    Map<String, String> machine,
    Map<String, String> settings,
    List<Figure> figures,
    List<Plot> plots,
    List<String> doubts,
    Map<String, Object> evidence) {}
