-- Photos of citizens are files like all others. A picture has a side length and a small one that belongs to it. What an earlier release left in the
-- clear below `photos/` is a file from now on, and read from there until a job has sealed it (`open_path`); its name waits for the job as well.
alter table blobs add column picture_of {uuid};
alter table blobs add column width {int};
alter table blobs add column height {int};
alter table blobs add column open_path {text};
create unique index blobs_picture on blobs (picture_of) where picture_of is not null;
create unique index blobs_open on blobs (open_path) where open_path is not null;

-- The task for which a file is, and the line of the history that it proves.
alter table file_references add column task {int};
alter table file_references add column event {int};

insert into blobs (id, sha256, size, kind, state, path, sealed_size, sealed_sha256, created_at, tries, width, height, open_path)
select id, sha256, size, case media_type when 'image/png' then 'png' else 'jpeg' end, 'clean', 'photos/' || path, size, sha256, uploaded_at, 0,
  width, height, path
from attachments;

insert into file_references (id, blob, case_kind, case_id, place, version, key_id, name, by_user, by_name, at)
select a.id, a.id, case when a.ticket_id is null then 'F' else 'T' end, coalesce(a.ticket_id, a.draft_id), 'photo', 0, '',
--[sqlite
  cast(a.name as blob),
--]
--[postgres
  convert_to(a.name, 'UTF8'),
--]
  a.uploaded_by, coalesce(u.name, ''), a.uploaded_at
from attachments a left join users u on u.id = a.uploaded_by
where coalesce(a.ticket_id, a.draft_id) is not null;

drop table attachments;
