-- Figures of days and months as they were frozen (revision 0), and later adjustments; none is changed or deleted.
create table frozen_figures (
  -- yyyy-mm-dd or yyyy-mm.
  period {text} not null,
  measure {text} not null,
  -- Four digits; empty for everything.
  city {text} not null,
  revision {int} not null,
  -- Of the measure's formula.
  version {int} not null,
  numerator {int} not null,
  denominator {int} not null,
  as_of {int} not null,
  -- SHA-256 of what stands before, as hexadecimal digits.
  hash {text} not null,
  primary key (period, measure, city, revision)
) {clustered};
create index frozen_figures_city on frozen_figures (city, period);
