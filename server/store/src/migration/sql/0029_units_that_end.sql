-- A unit that ended names who took over.
alter table units add column successor {text};

-- Which unit a matter of a place belongs to, by category code of any level and division code; made of the register.
create table duties (
  category {text} not null,
  region {text} not null,
  unit {text} not null,
  primary key (category, region, unit)
) {clustered};
