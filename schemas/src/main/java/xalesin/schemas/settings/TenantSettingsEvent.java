package xalesin.schemas.settings;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;

/** What can happen to a tenant's settings. */
public sealed interface TenantSettingsEvent extends DomainEvent {
  /** The tenant has come into being, with defaults. */
  record Established(TenantSettings settings) implements TenantSettingsEvent {}

  /** All settings as they are from now on, the unchanged ones too. */
  record Changed(TenantSettings settings) implements TenantSettingsEvent {}

  /** Nothing is posted to days up to and including {@code through} any more. */
  record PeriodClosed(LocalDate through) implements TenantSettingsEvent {}

  /**
   * @param through what stays closed; null when nothing does
   */
  record PeriodReopened(@Nullable LocalDate through, String reason)
      implements TenantSettingsEvent {}
}
