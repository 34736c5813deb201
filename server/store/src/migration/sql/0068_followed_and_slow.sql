-- Views of which somebody is told how many tickets they find, and when next.
create table view_subscriptions (
  user_id {uuid} not null,
  view_id {uuid} not null,
  made_at {int} not null,
  -- As it was last, for when the view is gone.
  name {text} not null,
  -- D: each working day, W: the first working day of a week.
  rhythm {text} not null,
  next_at {int} not null,
  found {int},
  more {bool} not null,
  counted_at {int},
  primary key (user_id, view_id)
) {clustered};
create index view_subscriptions_next on view_subscriptions (next_at);

-- Statements that took too long, by text with marks and caller, the latest hundred.
create table slow_statements (
  statement {text} not null,
  -- The name of the call or the job.
  caller {text} not null,
  first_at {int} not null,
  times {int} not null,
  last_ms {int} not null,
  most_ms {int} not null,
  total_ms {int} not null,
  last_at {int} not null,
  -- The steps of its plan, one a line.
  plan {text},
  primary key (statement, caller)
) {clustered};
create index slow_statements_last on slow_statements (last_at);
