-- Accounts that an identity provider's people sign in to: an identity is an issuer with its subject, and belongs to one account.
create table identities (
  id {uuid} primary key,
  issuer {text} not null,
  subject {text} not null,
  user_id {uuid} not null references users (id),
  linked_at {int} not null,
  -- Who linked it: the person, or an administrator.
  linked_by {uuid},
  used_at {int}
) {clustered};
create unique index identities_subject on identities (issuer, subject);
create unique index identities_user on identities (user_id, issuer);

-- Ways to the provider that somebody is on: good once, for one browser. What was asked there is sealed.
create table provider_flows (
  -- HMAC of the word that comes back.
  state {bytes} primary key,
  -- HMAC of the browser's secret.
  device {bytes} not null,
  key_id {text} not null,
  sealed {bytes} not null,
  expires_at {int} not null
) {clustered};
create index provider_flows_end on provider_flows (expires_at);

-- Which sessions were opened by which identity, so that signing out there ends them here.
create table provider_sessions (
  session_id {uuid} primary key,
  issuer {text} not null,
  subject {text} not null,
  -- The provider's own name for its session, where it gives one.
  sid {text},
  key_id {text} not null,
  -- The identity token, which signing out shows to the provider.
  sealed {bytes} not null,
  expires_at {int} not null
) {clustered};
create index provider_sessions_subject on provider_sessions (issuer, subject);
create index provider_sessions_sid on provider_sessions (issuer, sid);
create index provider_sessions_end on provider_sessions (expires_at);

-- Words of signing out that the provider sent, so that none is taken twice.
create table provider_log_outs (
  -- HMAC of issuer and word.
  jti {bytes} primary key,
  expires_at {int} not null
) {clustered};
create index provider_log_outs_end on provider_log_outs (expires_at);
