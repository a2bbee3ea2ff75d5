package xalesin.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client has done so far.
 *
 * @param connections there are now
 * @param subscriptions there are now
 * @param connects answers of 200
 * @param resumes connects that went on from what was known
 * @param losses connections that broke, ended or fell silent, and tries that failed
 * @param frames applied
 * @param repeats frames passed over for they were old or brought nothing new
 * @param resets times that all was sent again, for the server could not tell what was missed
 * @param bytes of answers
 * @param lastFrameAge since the newest frame of any connection; null before the first
 */
public record LiveStatistics(
    int connections,
    int subscriptions,
    long connects,
    long resumes,
    long losses,
    long frames,
    long repeats,
    long resets,
    long bytes,
    @Nullable Duration lastFrameAge) {}
