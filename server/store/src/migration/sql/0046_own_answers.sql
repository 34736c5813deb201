-- The tickets by what was answered to the office's own fields, for lists that ask for an answer; never what is about a person.
create table ticket_own (
  field {text} not null,
  value {text} not null,
  ticket_id {uuid} not null,
  primary key (field, value, ticket_id)
) {clustered};
--[sqlite
insert into ticket_own (field, value, ticket_id)
select j.key, j.value, t.id from tickets t, json_each(t.own) j where t.own is not null;
--]
--[postgres
insert into ticket_own (field, value, ticket_id)
select j.key, j.value, t.id from tickets t, json_each_text(cast(t.own as json)) j where t.own is not null;
--]
