-- What became of a notification: the gateway took it, the recipient's telephone or mailbox has it, or nobody could deliver it and somebody sees to it.
alter table outbox rename column delivered_at to sent_at;
alter table outbox add column delivered_at {int};
-- Division of the case that it is about, for who looks after those that were not delivered.
alter table outbox add column area {text};
-- What it tells, as a code.
alter table outbox add column about {text};
-- Goes out at night as well.
alter table outbox add column urgent {bool} not null default {false};
-- The gateway's own number of it, how many parts it was sent in and what that cost, in thousandths of a yuan.
alter table outbox add column gateway_no {text};
alter table outbox add column parts {int} not null default 0;
alter table outbox add column fee {int} not null default 0;
-- Why it waits or failed, as a code.
alter table outbox add column why {text};
-- Somebody saw to it by other means.
alter table outbox add column settled_at {int};
alter table outbox add column settled_by {uuid};
alter table outbox add column settled_how {text};
create index outbox_undelivered on outbox (failed_at, id) where failed_at is not null and settled_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;
create index outbox_gateway on outbox (gateway_no) where gateway_no is not null;

-- Numbers and addresses that want no notifications or cannot have any, by their hash.
create table unreachable (
  address_hash {bytes} primary key,
  why {text} not null,
  since {int} not null
) {strict};
