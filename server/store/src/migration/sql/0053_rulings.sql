-- What ends a ticket's life. Archived tickets are sealed: digests of their parts as they were then, and one over them.
create table archives (
  ticket_id {uuid} primary key,
  sealed_at {int} not null,
  -- How the parts were written down to be digested.
  form {int} not null,
  events {int} not null,
  files {int} not null,
  -- Hexadecimal digits.
  head_digest {text} not null,
  history_digest {text} not null,
  files_digest {text} not null,
  seal {text} not null
) {clustered};
create index tickets_to_archive on tickets (closed_at, id) where state = 'CL';
