-- Templates of exports: which columns in which order, in which format, with which related parts; a person's own, or shared with the person's unit.
create table export_templates (
  id {uuid} primary key,
  owner {uuid} not null,
  owner_name {text} not null,
  -- Code of the owner's unit; empty without one.
  unit {text} not null,
  name {text} not null,
  -- Keys of the columns, and words of the related parts, with commas between.
  picked {text} not null,
  format {text} not null,
  parts {text} not null,
  shared {bool} not null,
  kept_at {int} not null
);
create unique index export_templates_name on export_templates (owner, name);
create index export_templates_unit on export_templates (unit, name, id);
