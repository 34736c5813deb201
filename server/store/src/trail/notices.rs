//! Notices to people of the house: made of a message in the outbox, read by their recipient, page by page; and how each wants them.
//! Not here: the message itself (`outbox`), who may be told what (services).
//! A notice has the id of its message, so that a second delivery adds nothing.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, Query};
use sea_orm::{IntoActiveModel as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use shared::access::RoleSpec;
use shared::calendar::Instant;
use shared::ids::{CaseId, UserId};
use shared::notice::{Audience, MOST_UNREAD, NoticeChoice, NoticeKind, NoticeSettings, OnRung};

use crate::bulk::rows::Insert;
use crate::entity::people::notice::{ActiveModel, Column, Entity, Model};
use crate::entity::people::{notice_choice, notice_contact, post, user};
use crate::entity::{Col, table};
use crate::people::roles;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Where a sealed contact belongs.
pub(crate) const PLACE: &str = "notice_contacts";

/// A notice of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whose.
    pub person: UserId,
    /// That of the message in the outbox.
    pub id: Uuid,
    /// What it tells.
    pub kind: NoticeKind,
    /// The case: a ticket, or an approval.
    pub case: CaseId,
    /// Whether it is an approval.
    pub is_approval: bool,
    /// Its number.
    pub no: String,
    /// Its division.
    pub area: String,
    /// When it happened.
    pub at: Instant,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// The rungs of the ladder that it tells of, with the tickets of each.
    pub rungs: Vec<OnRung>,
}

#[derive(Serialize, Deserialize)]
struct Contact {
    mail: Option<String>,
    mobile: Option<String>,
}

/// People with an open account who are told: by a post that they hold at the unit, whatever else its holder must have. A role that does the
/// tasks of a shipped one is told what that one is.
pub async fn people(
    conn: &dyn Conn,
    audience: &Audience,
    now: Instant,
) -> Result<Vec<UserId>, StoreError> {
    let open = user::Entity::find().filter(user::Column::Active.eq(true));
    let told = match audience {
        Audience::Person(id) => open.filter(user::Column::Id.eq(Col(*id))),
        Audience::Unit { unit, roles } => {
            let does = |spec: &RoleSpec| spec.tasks.iter().any(|task| roles.contains(task));
            let all = roles::all(conn).await?;
            let all = all.into_iter().map(|kept| kept.spec);
            let codes = all.filter(|spec| !spec.stopped && does(spec));
            let codes = codes.map(|spec| Col(spec.code));
            let at = post::Column::ValidUntil;
            let holders = Query::select()
                .column(post::Column::UserId)
                .from(post::Entity)
                .and_where(post::Column::Unit.eq(unit.as_str()))
                .and_where(post::Column::Role.is_in(codes))
                .and_where(post::Column::EndedAt.is_null())
                .and_where(post::Column::ValidFrom.lte(Col(now)))
                .and_where(at.is_null().or(at.gt(Col(now))))
                .to_owned();
            open.filter(user::Column::Id.in_subquery(holders))
        }
    };
    let found = conn
        .handle()
        .find(told.order_by_asc(user::Column::Id))
        .await?;
    Ok(found.into_iter().map(|row| row.id.0).collect())
}

/// Adds notices; one that is there stays.
pub async fn add(tx: &Tx, notices: &[Notice]) -> Result<(), StoreError> {
    let insert = Insert {
        tail: " on conflict (person, id) do nothing",
        ..table::insert::<Entity>()
    };
    let rows = notices.iter().map(|notice| {
        table::values(&Model {
            person: notice.person.into(),
            id: notice.id,
            kind: notice.kind.into(),
            ticket_id: notice.case.into(),
            ticket_no: notice.no.clone(),
            approval: notice.is_approval,
            area: notice.area.clone(),
            at: notice.at.into(),
            read_at: notice.read_at.into(),
            rungs: (!notice.rungs.is_empty())
                .then(|| crate::sql::json_of(&notice.rungs))
                .flatten(),
        })
    });
    table::put(tx, insert, rows).await
}

/// Somebody's notices, the newest first, behind one of them.
pub async fn page(
    conn: &dyn Conn,
    person: UserId,
    (unread, before): (bool, Option<Uuid>),
    limit: u32,
) -> Result<Vec<Notice>, StoreError> {
    let mut select = Entity::find().filter(Column::Person.eq(Col(person)));
    if unread {
        select = select.filter(Column::ReadAt.is_null());
    }
    if let Some(before) = before {
        select = select.filter(Column::Id.lt(before));
    }
    let select = select.order_by_desc(Column::Id).limit(u64::from(limit));
    conn.handle().records(select).await
}

/// How many of somebody's notices are unread, up to [`MOST_UNREAD`].
pub async fn unread(conn: &dyn Conn, person: UserId) -> Result<i64, StoreError> {
    // Text: a bounded count along the index of unread ones.
    let mut sql = Sql::new(
        "select count(*) from (select 1 from notices where person = ? and read_at is null",
        vals![person],
    );
    sql.limit(usize::try_from(MOST_UNREAD).unwrap_or(0))
        .text(") x");
    conn.handle().number(sql).await
}

/// Marks one as read, or all; gives how many were not.
pub async fn read(
    tx: &Tx,
    person: UserId,
    id: Option<Uuid>,
    now: Instant,
) -> Result<u64, StoreError> {
    let mut update = Entity::update_many()
        .set(ActiveModel {
            read_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::Person.eq(Col(person)))
        .filter(Column::ReadAt.is_null());
    if let Some(id) = id {
        update = update.filter(Column::Id.eq(id));
    }
    tx.handle().change(&update).await
}

/// Whether somebody has this notice.
pub async fn has(conn: &dyn Conn, person: UserId, id: Uuid) -> Result<bool, StoreError> {
    let one = Entity::find_by_id((Col(person), id));
    Ok(conn.handle().find_one(one).await?.is_some())
}

/// Removes old notices, a portion at once.
pub async fn purge(tx: &Tx, before: Instant, limit: u32) -> Result<u64, StoreError> {
    // Text: a portion along the index of their time.
    let sql = Sql::new(
        "delete from notices where (person, id) in (select person, id from notices where at < ? order by at limit ?)",
        vals![before, limit],
    );
    tx.handle().run(sql).await
}

/// What somebody has chosen.
pub async fn settings(conn: &dyn Conn, person: UserId) -> Result<NoticeSettings, StoreError> {
    let h = conn.handle();
    let chosen = notice_choice::Entity::find()
        .filter(notice_choice::Column::Person.eq(Col(person)))
        .order_by_asc(notice_choice::Column::Kind);
    let choices = h.find(chosen).await?.into_iter().map(|row| NoticeChoice {
        kind: row.kind.0,
        desk: row.desk,
        mail: row.mail,
        sms: row.sms,
    });
    let mut settings = NoticeSettings {
        choices: choices.collect(),
        ..NoticeSettings::default()
    };
    let contact = notice_contact::Entity::find_by_id(Col(person));
    if let Some(row) = h.find_one(contact).await? {
        let opened = h
            .seal()
            .open(&row.key_id, PLACE, person.0.as_bytes(), &row.sealed)?;
        let contact: Contact =
            serde_json::from_slice(&opened).map_err(|e| StoreError::Broken(e.into()))?;
        settings.mail = contact.mail;
        settings.mobile = contact.mobile;
    }
    Ok(settings)
}

/// Keeps what somebody has chosen, instead of what was.
pub async fn choose(tx: &Tx, person: UserId, settings: &NoticeSettings) -> Result<(), StoreError> {
    let h = tx.handle();
    let old =
        notice_choice::Entity::delete_many().filter(notice_choice::Column::Person.eq(Col(person)));
    h.change(&old).await?;
    let rows = settings.choices.iter().map(|choice| {
        table::values(&notice_choice::Model {
            person: person.into(),
            kind: choice.kind.into(),
            desk: choice.desk,
            mail: choice.mail,
            sms: choice.sms,
        })
    });
    table::put(tx, table::insert::<notice_choice::Entity>(), rows).await?;
    h.change(&notice_contact::Entity::delete_by_id(Col(person)))
        .await?;
    if settings.mail.is_none() && settings.mobile.is_none() {
        return Ok(());
    }
    let contact = serde_json::to_vec(&Contact {
        mail: settings.mail.clone(),
        mobile: settings.mobile.clone(),
    })
    .map_err(|e| StoreError::Broken(e.into()))?;
    let row = notice_contact::Model {
        person: person.into(),
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(PLACE, person.0.as_bytes(), &contact)?,
    };
    let row = notice_contact::Entity::insert(row.into_active_model().reset_all());
    h.change(&row).await.map(drop)
}

impl From<Model> for Notice {
    fn from(row: Model) -> Self {
        Self {
            person: row.person.0,
            id: row.id,
            kind: row.kind.0,
            case: row.ticket_id.0,
            is_approval: row.approval,
            no: row.ticket_no,
            area: row.area,
            at: row.at.0,
            read_at: row.read_at.0,
            // Written by a newer release: the notice is read as one about its first ticket.
            rungs: row
                .rungs
                .and_then(|rungs| serde_json::from_str(&rungs).ok())
                .unwrap_or_default(),
        }
    }
}
/// Takes away what people of a unit, and of those below it, were told of a case: they are to know of it no more.
pub(crate) async fn forget(tx: &Tx, case: CaseId, unit: &str) -> Result<(), StoreError> {
    // Text: a few people of a subtree, each along the key of his notices.
    let sql = Sql::new(
        "delete from notices where ticket_id = ? and person in (select p.id from units a join units w on substr(w.path, 1, length(a.path)) = a.path
         join users p on p.unit = w.code where a.code = ?)",
        vals![case, unit],
    );
    tx.handle().run(sql).await.map(drop)
}
