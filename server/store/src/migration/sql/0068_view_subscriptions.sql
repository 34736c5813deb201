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
