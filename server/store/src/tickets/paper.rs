//! Paper forms (断网纸质登记): drawing their numbers, lists of an area, the block that is printed, and the one move from open to entered or voided.
//! Not here: the ticket that a form becomes (`case`), who may do what (services).
//! A number begins with the code of its area, so an area's forms are a range of the key.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _, Select};
use shared::ids::PaperBlockId;
use shared::ticket::PaperNo;
use shared::ticket::paper::PaperState;

use crate::entity::ticket::paper_form::{self, Column, Entity};
use crate::entity::{Col, table};
use crate::scope::above;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::ticket::paper_form::PaperForm;

/// Which forms a list shows.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What the numbers of the area begin with; nothing for everywhere.
    pub prefix: String,
    /// How they stand; all where absent.
    pub state: Option<PaperState>,
    /// The number behind which the page begins.
    pub after: Option<String>,
    /// How many at most.
    pub limit: u64,
}

/// Draws `count` sequences of an area and day in a row and gives the last. What is drawn past the end is told to nobody: the caller gives the write up.
pub async fn draw(tx: &Tx, region: &str, day: NaiveDate, count: i32) -> Result<i64, StoreError> {
    // Text: one statement draws, whoever was first.
    let sql = Sql::new(
        "insert into paper_counters (region, day, last) values (?, ?, ?) on conflict (region, day)
         do update set last = paper_counters.last + excluded.last returning last",
        vals![region, day.to_string(), count],
    );
    tx.handle().number(sql).await
}

/// Adds forms.
pub async fn insert(tx: &Tx, forms: &[PaperForm]) -> Result<(), StoreError> {
    let rows = forms.iter().map(|form| form.values(paper_form::Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

fn of_area(select: Select<Entity>, prefix: &str) -> Select<Entity> {
    if prefix.is_empty() {
        return select;
    }
    select
        .filter(Column::PaperNo.gte(prefix.to_owned()))
        .filter(Column::PaperNo.lt(above(prefix)))
}

/// A page of an area's forms: those that wait by their number, others the latest first.
pub async fn page(conn: &dyn Conn, wanted: &Wanted) -> Result<Vec<PaperForm>, StoreError> {
    let mut select = of_area(Entity::find(), &wanted.prefix);
    if let Some(state) = wanted.state {
        select = select.filter(Column::State.eq(Col(state)));
    }
    let upwards = wanted.state == Some(PaperState::Open);
    if let Some(after) = wanted.after.clone() {
        select = select.filter(if upwards {
            Column::PaperNo.gt(after)
        } else {
            Column::PaperNo.lt(after)
        });
    }
    select = if upwards {
        select.order_by_asc(Column::PaperNo)
    } else {
        select.order_by_desc(Column::PaperNo)
    };
    conn.handle().records(select.limit(wanted.limit)).await
}

/// How many of an area wait to be entered.
pub async fn open(conn: &dyn Conn, prefix: &str) -> Result<i64, StoreError> {
    // Text: a number.
    let sql = Sql::new(
        "select count(*) from paper_forms where state = ? and paper_no >= ? and paper_no < ?",
        vals![PaperState::Open, prefix, above(prefix)],
    );
    conn.handle().number(sql).await
}

/// The forms of a block in the order of their numbers.
pub async fn block(conn: &dyn Conn, id: PaperBlockId) -> Result<Vec<PaperForm>, StoreError> {
    let select = Entity::find()
        .filter(Column::Block.eq(Col(id)))
        .order_by_asc(Column::PaperNo);
    conn.handle().records(select).await
}

/// One form; inside a write its row is locked.
pub async fn find(conn: &dyn Conn, no: &PaperNo) -> Result<Option<PaperForm>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(no.as_str().to_owned())));
    let found: Vec<PaperForm> = h.records(one).await?;
    Ok(found.into_iter().next())
}

/// Writes what became of a form that is open; `false` where it is so no more.
pub async fn settle(tx: &Tx, form: &PaperForm) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(form.moved())
        .filter(Column::PaperNo.eq(form.paper_no.clone()))
        .filter(Column::State.eq(Col(PaperState::Open)));
    Ok(tx.handle().change(&update).await? == 1)
}
