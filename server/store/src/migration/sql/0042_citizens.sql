-- Citizens who sign in by a code: the number is the account. Found by the hash under which tickets keep the contact's number.
create table citizens (
  id {uuid} primary key,
  phone_hmac {bytes} not null,
  key_id {text} not null,
  -- Number and name.
  sealed {bytes} not null,
  made_at {int} not null,
  -- When the privacy statement was agreed to, and the digest of its words.
  agreed_at {int} not null,
  agreed_to {bytes} not null,
  -- The last sign-in.
  seen_at {int} not null
) {strict};
create unique index citizens_phone on citizens (phone_hmac);
create index citizens_seen on citizens (seen_at);

-- The code that is open for a number, of which only an HMAC is kept; the one before is gone with it.
create table citizen_codes (
  phone_hmac {bytes} primary key,
  code_hmac {bytes} not null,
  made_at {int} not null,
  ends_at {int} not null,
  tries {int} not null,
  used_at {int}
) {clustered};

create table citizen_sessions (
  id {uuid} primary key,
  citizen_id {uuid} not null references citizens (id),
  -- HMAC of the token that the browser or program keeps.
  token_hmac {bytes} not null,
  created_at {int} not null,
  used_at {int} not null,
  ends_at {int} not null,
  revoked_at {int},
  agent {text}
) {strict};
create unique index citizen_sessions_token on citizen_sessions (token_hmac);
create index citizen_sessions_citizen on citizen_sessions (citizen_id);
create index citizen_sessions_ends on citizen_sessions (ends_at);
