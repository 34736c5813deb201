-- Whom a request is about (被举报单位): the unit of the register that does not learn of it, neither itself nor what lies below it, and what the citizen
-- called it. Whoever must not see the ticket has no row of it in `ticket_units`.
alter table tickets add column accused_unit {text};
alter table tickets add column accused_words {text};
