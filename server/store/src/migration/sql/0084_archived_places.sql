-- Seals of form 2 have the place (address and position) in the head as a salted digest: the place of an archived ticket can be erased, and the seal
-- goes on fitting. What was sealed before stays in form 1 until its place is erased.
alter table archives add column place_digest {text};
-- Destroyed with the place, so that nobody finds the place again by trying.
alter table archives add column salt {bytes};
-- That the place was erased, signed with the key of the audit.
alter table archives add column erased_at {int};
alter table archives add column erased_key {text};
alter table archives add column erased_signature {bytes};
