-- One row by which a writer proves that what it commits is kept; it means nothing else.
create table writer_probe (
  id {int} not null primary key,
  n {int} not null
) {strict};
