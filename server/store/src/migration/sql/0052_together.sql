-- Tickets that were merged into a leading one (并案), one row while they are and once they were answered: which, since when, by whom, what one citizen
-- alone is told, since when the leading one is over, and when this one was answered. A split takes the row away.
create table merged_tickets (
  ticket_id {uuid} primary key,
  lead_id {uuid} not null,
  ticket_no {text} not null,
  lead_no {text} not null,
  merged_at {int} not null,
  merged_by {uuid},
  merged_by_name {text},
  private_words {text},
  due_at {int},
  answered_at {int}
) {clustered};
create index merged_tickets_lead on merged_tickets (lead_id, merged_at, ticket_id);
create index merged_tickets_due on merged_tickets (due_at, ticket_id) where due_at is not null and answered_at is null;

-- Open tickets of one place and matter, among which likely duplicates are looked for.
create index tickets_open_matter on tickets (region, category, id) where is_open;
