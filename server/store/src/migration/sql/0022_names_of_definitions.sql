-- A definition's names, in both languages, are read in its file.
alter table definitions drop column name;
