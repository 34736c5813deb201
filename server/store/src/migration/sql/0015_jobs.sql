-- Long work that is done in steps: each step writes where it stands, so that whoever comes next goes on there.
create table jobs (
  id {uuid} primary key,
  kind {text} not null,
  -- Of what only one may be under way, as the import of a file.
  once {text},
  owner {uuid},
  owner_name {text} not null,
  -- Division code of the owner's unit; empty for the application itself.
  region {text} not null,
  -- What it is about, for people; no personal data.
  subject {text} not null,
  -- What is to be done and where it stands, sealed: filters and examples may hold names.
  key_id {text} not null,
  inside {bytes} not null,
  state {text} not null,
  done {int} not null,
  total {int},
  -- What it came to, as JSON; no personal data.
  report {text},
  fault {text},
  facts {text},
  -- Failures of the step that comes next.
  tries {int} not null,
  holder {text},
  -- Nobody takes it before.
  held_until {int} not null,
  steps {int} not null,
  cancel_at {int},
  cancel_by {text},
  -- The file with the result, below the data folder.
  file {text},
  file_bytes {int},
  file_until {int},
  made_at {int} not null,
  started_at {int},
  ended_at {int}
) {strict};
create unique index jobs_once on jobs (once) where ended_at is null;
create index jobs_open on jobs (held_until, id) where ended_at is null;
create index jobs_kind on jobs (kind, made_at);
create index jobs_owner on jobs (owner, made_at);
create index jobs_made on jobs (made_at);
create index jobs_files on jobs (file_until) where file is not null;
