-- What of setting an office up leaves no other trace: somebody has looked at a list as it was shipped, or decided where keys and backups go.
create table set_up_marks (
  mark {text} primary key,
  set_by {uuid},
  set_by_name {text} not null,
  set_at {int} not null,
  note {text}
) {strict};
