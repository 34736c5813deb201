-- What the titles of approvals are found by: pairs of characters that stand together in a word, never two digits, and the last character of each word.
create table approval_terms (
  term {text} not null,
  approval_id {uuid} not null,
  primary key (term, approval_id)
) {clustered};

--[sqlite
insert into approval_terms (term, approval_id)
with recursive g (id, title, n) as (
  select id, lower(title), 1 from approvals
  union all
  select id, title, n + 1 from g where n < length(title)
), t (id, here, beyond) as (select id, substr(title, n, 1), substr(title, n + 1, 1) from g)
select distinct here || beyond, id from t
where here not in ('', ' ', '　') and beyond not in ('', ' ', '　') and not (here glob '[0-9０-９]' and beyond glob '[0-9０-９]')
union
select distinct here, id from t where here not in ('', ' ', '　') and beyond in ('', ' ', '　') and here not glob '[0-9０-９]';
--]
--[postgres
insert into approval_terms (term, approval_id)
with recursive g (id, title, n) as (
  select id, lower(title collate "C"), 1 from approvals
  union all
  select id, title, n + 1 from g where n < length(title)
), t (id, here, beyond) as (select id, substr(title, n, 1), substr(title, n + 1, 1) from g)
select distinct here || beyond, id from t
where here not in ('', ' ', '　') and beyond not in ('', ' ', '　') and not (here ~ '^[0-9０-９]$' and beyond ~ '^[0-9０-９]$')
union
select distinct here, id from t where here not in ('', ' ', '　') and beyond in ('', ' ', '　') and here !~ '^[0-9０-９]$';
--]

-- Lists of approvals by last change.
create index approvals_updated on approvals (updated_at, id);
create index approvals_city_updated on approvals (city, updated_at, id);
create index approvals_unit_updated on approvals (unit, updated_at, id);
