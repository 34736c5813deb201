-- The tickets that carry a tag, for lists that ask for it.
create table ticket_tags (
  tag {text} not null,
  ticket_id {uuid} not null,
  primary key (tag, ticket_id)
) {clustered};
