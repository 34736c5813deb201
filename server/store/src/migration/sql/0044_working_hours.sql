-- Working hours beyond the installation's usual ones: periods of days of an area or a unit, of weekdays, of seasons; area is that of the list.
create table work_hours (
  area {text} not null,
  position {int} not null,
  region {text},
  unit {text},
  day {text} not null,
  season_from {text},
  season_to {text},
  from_minute {int} not null,
  to_minute {int} not null,
  primary key (area, position)
) {clustered};

-- A row of the list is told by whom and which days it is about as well.
update register_rows set key = '-/-/-/-/-/' || key where list = 'hours';
update register_changes set key = '-/-/-/-/-/' || key where list = 'hours';
