package xalesin.schemas.finance;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.UUID;
import xalesin.schemas.Total;

/**
 * What a period's entries did to an account in one currency, as {@code GET /api/account-balances}
 * serves it by month and {@code GET /api/account-years} by calendar year.
 *
 * @param id follows from account, period and currency
 * @param period a month such as {@code 2026-11}, or a year such as {@code 2026}
 * @param debit sum of the period's debits
 * @param credit sum of the period's credits
 * @param balance {@code debit - credit} of the period alone
 * @param version how many entries are in it
 */
@JsonPropertyOrder({"id", "account", "period", "currency", "debit", "credit", "balance", "version"})
public record AccountBalanceRow(
    UUID id,
    UUID account,
    String period,
    String currency,
    Total debit,
    Total credit,
    Total balance,
    long version) {}
