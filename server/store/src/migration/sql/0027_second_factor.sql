-- The second factor of an account: a secret that an app on the phone has too, sealed; one that nobody has confirmed yet is asked of nobody.
create table factors (
  user_id {uuid} primary key references users (id),
  key_id {text} not null,
  sealed {bytes} not null,
  made_at {int} not null,
  confirmed_at {int},
  -- The step of the last code that was taken; none is taken twice.
  used_step {int}
) {strict};

-- Codes for when the phone is lost, each good once; only HMACs are kept.
create table recovery_codes (
  hash {bytes} primary key,
  user_id {uuid} not null references users (id),
  made_at {int} not null,
  used_at {int}
) {clustered};
create index recovery_codes_user on recovery_codes (user_id);

-- 1: the password was right, and the second factor is still asked.
alter table sessions add column half {int} not null default 0;

-- An office that works already goes on as it did, and decides for itself; a new one begins with a second factor for everybody.
insert into settings (key, value)
select 'sign_in.second_factor', 'none' from users where not exists (select 1 from settings s where s.key = 'sign_in.second_factor') limit 1;
