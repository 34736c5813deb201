-- Send-backs as a small court: what each relied on, how it was decided, who has the matter since, and what the meeting said. Category and place
-- are those of the ticket when it was asked for: what became of earlier send-backs of such a matter is looked up by them.
alter table applications add column category {text};
alter table applications add column street {text};
alter table applications add column legal_basis {text};
alter table applications add column duty {text};
alter table applications add column stage {text};
alter table applications add column ruled_unit {text};
alter table applications add column is_final {bool} not null default {false};
alter table applications add column meeting {text};
create index applications_matter on applications (category, asked_at) where sort = 'B' and category is not null;
