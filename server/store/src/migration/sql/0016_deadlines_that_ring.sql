-- Timers that ring at a deadline of the case: the limit, and the assignment whose deadline it is, so that they move with it.
alter table timers add column stage {text};
alter table timers add column assignment_id {uuid};
