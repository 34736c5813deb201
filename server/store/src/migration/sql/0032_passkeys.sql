-- Passkeys, the other second factor beside an app's codes: of each only the public key is kept, so that the table gives nothing away.
create table passkeys (
  id {uuid} primary key,
  user_id {uuid} not null references users (id),
  -- What browsers call it; no two accounts have the same.
  credential {bytes} not null,
  name {text} not null,
  -- The public key as SubjectPublicKeyInfo, and its COSE algorithm.
  public_key {bytes} not null,
  algorithm {int} not null,
  -- How often it has signed, where it counts; 0 where it does not.
  signed {int} not null,
  made_at {int} not null,
  used_at {int}
) {clustered};
create unique index passkeys_credential on passkeys (credential);
create index passkeys_user on passkeys (user_id);

-- What a passkey is asked to sign: one for a session and purpose, short-lived and good once.
create table passkey_challenges (
  session_id {uuid} not null,
  purpose {text} not null,
  user_id {uuid} not null,
  challenge {bytes} not null,
  expires_at {int} not null,
  primary key (session_id, purpose)
) {clustered};
create index passkey_challenges_end on passkey_challenges (expires_at);
create index passkey_challenges_user on passkey_challenges (user_id);
