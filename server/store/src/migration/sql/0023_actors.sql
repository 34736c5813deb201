-- The history says what kind of actor did a thing ('P' person, 'C' citizen, 'X' partner, 'J' job, 'F' process, 'S' system), which partner or job it
-- was, and when it was done in the world where it was entered later. Lines of earlier releases have none of it: who they tell of follows from the
-- person and the verb, as before.
alter table events add column actor {text};
alter table events add column actor_code {text};
alter table events add column done_at {int};
