//! Rows of uploaded files and of the forms they hang on.
//! Not here: the files themselves (services).
//! A file belongs to a draft until the form is sent, then to the ticket; a draft that expires takes its files along.

use std::collections::BTreeSet;

use shared::calendar::Instant;
use shared::ids::{AttachmentId, DraftId, TicketId, UserId};
use uuid::Uuid;

use crate::sql::{Bind, Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

const DAY: i64 = 24 * 3_600_000;
/// How long a form may wait to be sent, in milliseconds.
const LIFE: i64 = 7 * DAY;

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Id.
    pub id: DraftId,
    /// Whose; `None` for a visitor.
    pub owner: Option<UserId>,
    /// When it was begun.
    pub created_at: Instant,
    /// When it is thrown away.
    pub expires_at: Instant,
}

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Id.
    pub id: AttachmentId,
    /// The form it hangs on.
    pub draft: Option<DraftId>,
    /// The ticket it belongs to.
    pub ticket: Option<TicketId>,
    /// Name for people.
    pub name: String,
    /// Media type after re-encoding.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Digest of the stored bytes.
    pub sha256: Vec<u8>,
    /// Key of the file below the data folder.
    pub path: String,
    /// When.
    pub uploaded_at: Instant,
    /// By whom.
    pub uploaded_by: Option<UserId>,
}

/// What `expire_drafts` removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expired {
    /// How many drafts.
    pub drafts: u64,
    /// Files that nobody names any more.
    pub paths: Vec<String>,
}

const SELECT: &str = "select id, draft_id, ticket_id, name, media_type, size, width, height, sha256, path, uploaded_at, uploaded_by from attachments where ";

/// Begins a form.
pub async fn new_draft(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    let sql = "insert into drafts (id, owner, created_at, expires_at) values (?, ?, ?, ?)";
    tx.handle()
        .insert(
            Sql::new(
                sql,
                vals![draft.id, draft.owner, draft.created_at, draft.expires_at],
            ),
            "draft",
        )
        .await
        .map(drop)
}

/// A form.
pub async fn find_draft(conn: &dyn Conn, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let row = conn
        .handle()
        .one(Sql::new(
            "select id, owner, created_at, expires_at from drafts where id = ?",
            vals![id],
        ))
        .await?;
    row.map(|row| {
        let mut r = Reader::new(&row);
        Ok(Draft {
            id: DraftId(r.get()?),
            owner: r.get::<Option<Uuid>>()?.map(UserId),
            created_at: r.at()?,
            expires_at: r.at()?,
        })
    })
    .transpose()
}

/// Keeps others from adding to the form until the transaction ends; false when it is gone.
pub async fn lock_draft(tx: &Tx, id: DraftId) -> Result<bool, StoreError> {
    // An update without effect locks the row on PostgreSQL; SQLite has one writer anyway.
    Ok(tx
        .handle()
        .run(Sql::new(
            "update drafts set expires_at = expires_at where id = ?",
            vals![id],
        ))
        .await?
        == 1)
}

/// Adds a file.
pub async fn insert(tx: &Tx, a: &Attachment) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into attachments (id, draft_id, ticket_id, name, media_type, size, width, height, sha256, path, uploaded_at, uploaded_by)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vals![
            a.id, a.draft, a.ticket, &a.name, &a.media_type, a.size, a.width, a.height, &a.sha256, &a.path, a.uploaded_at, a.uploaded_by
        ],
    );
    tx.handle().insert(sql, "attachment").await.map(drop)
}

/// One file; whether the actor may see it follows from its ticket or draft.
pub async fn find(conn: &dyn Conn, id: AttachmentId) -> Result<Option<Attachment>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push("id = ?", vals![id]);
    conn.handle().one(sql).await?.as_ref().map(read).transpose()
}

/// The files of a form, oldest first.
pub async fn of_draft(conn: &dyn Conn, id: DraftId) -> Result<Vec<Attachment>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push("draft_id = ? order by uploaded_at, id", vals![id]);
    conn.handle().all(sql).await?.iter().map(read).collect()
}

/// The files of a ticket, oldest first; the caller has loaded the ticket inside a scope before.
pub async fn of_ticket(conn: &dyn Conn, id: TicketId) -> Result<Vec<Attachment>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push("ticket_id = ? order by uploaded_at, id", vals![id]);
    conn.handle().all(sql).await?.iter().map(read).collect()
}

/// Takes a file off its form and gives its row; `None` when it is not (or no longer) there.
pub async fn remove_from_draft(
    tx: &Tx,
    draft: DraftId,
    id: AttachmentId,
) -> Result<Option<Attachment>, StoreError> {
    let Some(found) = find(tx, id).await?.filter(|a| a.draft == Some(draft)) else {
        return Ok(None);
    };
    let gone = tx
        .handle()
        .run(Sql::new(
            "delete from attachments where id = ? and draft_id = ?",
            vals![id, draft],
        ))
        .await?;
    Ok((gone == 1).then_some(found))
}

/// Moves the files of a form that has not expired to its ticket, at most `most` of them, and ends the form; how many were moved.
pub async fn attach(
    tx: &Tx,
    draft: DraftId,
    ticket: TicketId,
    most: usize,
    now: Instant,
) -> Result<u64, StoreError> {
    if find_draft(tx, draft)
        .await?
        .is_none_or(|d| d.expires_at <= now)
        || !lock_draft(tx, draft).await?
    {
        return Ok(0);
    }
    let files = of_draft(tx, draft).await?;
    let mut sql = Sql::new(
        "update attachments set ticket_id = ?, draft_id = null where id in ",
        vals![ticket],
    );
    sql.list(files.iter().take(most).map(|a| a.id.bind()).collect());
    let moved = tx.handle().run(sql).await?;
    if files.len() <= most {
        tx.handle()
            .run(Sql::new("delete from drafts where id = ?", vals![draft]))
            .await?;
    }
    Ok(moved)
}

/// Removes forms that have expired, and the rows of their files; the caller removes the files after the commit.
pub async fn expire_drafts(tx: &Tx, now: Instant, limit: u32) -> Result<Expired, StoreError> {
    let h = tx.handle();
    // No form lives longer than a week; one that would was begun while the clock was ahead.
    h.run(Sql::new(
        "update drafts set expires_at = ? where expires_at > ?",
        vals![Instant(now.0 + LIFE), Instant(now.0 + LIFE + DAY)],
    ))
    .await?;
    let rows = h
        .all(Sql::new(
            "select id from drafts where expires_at <= ? order by expires_at limit ?",
            vals![now, limit],
        ))
        .await?;
    let ids: Vec<sea_orm::Value> = rows
        .iter()
        .map(|row| Reader::new(row).get::<Uuid>().map(Bind::bind))
        .collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(Expired::default());
    }
    let mut files = Sql::new("delete from attachments where draft_id in ", vals![]);
    files.list(ids.clone()).text(" returning path");
    let paths = h
        .all(files)
        .await?
        .iter()
        .map(|row| Reader::new(row).get())
        .collect::<Result<_, _>>()?;
    let mut drafts = Sql::new("delete from drafts where id in ", vals![]);
    drafts.list(ids);
    Ok(Expired {
        drafts: h.run(drafts).await?,
        paths,
    })
}

/// Which of these file keys have a row.
pub async fn known_paths(
    conn: &dyn Conn,
    paths: &[String],
) -> Result<BTreeSet<String>, StoreError> {
    let mut sql = Sql::new("select path from attachments where path in ", vals![]);
    sql.list(paths.iter().map(Bind::bind).collect());
    conn.handle()
        .all(sql)
        .await?
        .iter()
        .map(|row| Reader::new(row).get())
        .collect()
}

fn read(row: &sea_orm::QueryResult) -> Result<Attachment, StoreError> {
    let mut r = Reader::new(row);
    Ok(Attachment {
        id: AttachmentId(r.get()?),
        draft: r.get::<Option<Uuid>>()?.map(DraftId),
        ticket: r.get::<Option<Uuid>>()?.map(TicketId),
        name: r.get()?,
        media_type: r.get()?,
        size: r.get()?,
        width: r.int()?,
        height: r.int()?,
        sha256: r.get()?,
        path: r.get()?,
        uploaded_at: r.at()?,
        uploaded_by: r.get::<Option<Uuid>>()?.map(UserId),
    })
}
