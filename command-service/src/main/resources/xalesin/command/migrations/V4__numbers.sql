-- The last number given out of each series, such as invoices of a year. Without gaps: it is moved
-- in the transaction that appends the document. What is before tells a writer that another was
-- first.
create table xalesin.numbers (
  tenant text not null,
  series text not null,
  last bigint not null check (last > before),
  before bigint not null check (before >= 0),
  primary key (tenant, series)
);
