-- Where sealing anew stands after the keys were renewed or the provider changed; no row when nothing is to do.
create table resealing (
  id {int} not null primary key,
  -- The data key that everything is to be sealed with: a server that has another one in front leaves it alone.
  key_id {text} not null,
  -- The kind of rows that is being done.
  part {text} not null,
  -- The newest of them that is done.
  upto {uuid},
  done {int} not null,
  -- Rows that there were when it began.
  total {int} not null,
  -- Rows that did not open: the check of the keys tells of them.
  unopened {int} not null
) {strict};
