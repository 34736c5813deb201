-- The audit is searched by request. A place in the text instead of its JSON: a row that was tampered with is found by verifying, and stops nothing here.
--[sqlite
create index audit_request on audit (substr(facts, instr(facts, '"request":"') + 11, 32), n) where instr(facts, '"request":"') > 0;
--]
--[postgres
create index audit_request on audit ((substr(facts, strpos(facts, '"request":"') + 11, 32)), n) where strpos(facts, '"request":"') > 0;
--]
-- Alarms that wait, by whom they are about.
create index audit_alarms_about on audit_alarms (who) where dismissed_at is null;
