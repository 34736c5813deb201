//! Writing rows of the feed in the transaction of the change.
//! Not here: numbering (`number`). A row's `n` is drawn after the case's row was compared or locked, so that of one case it grows with the version.
//! The bulk doors write one mark for a run instead of a row for each ticket.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use shared::ids::{BatchId, TicketId};
use shared::ticket::{AssignmentStatus, RequestKind};
use uuid::Uuid;

use super::Kind;
use crate::entity::change::feed;
use crate::record::{
    ApplicationCase, ApplicationChange, ApprovalCase, ApprovalChange, Ticket, TicketCase,
    TicketChange,
};
use crate::sql::{Sql, vals};
use crate::{StoreError, Tx};

/// Where there is no other word for what happened.
const CHANGE: &str = "change";

/// One state of a case, as far as a row tells it.
#[derive(Debug, Clone, Default)]
struct Side {
    area: Option<String>,
    units: BTreeSet<String>,
    discreet: bool,
}

impl Side {
    fn words(&self) -> String {
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
        units.join(" ")
    }
}

struct Row {
    kind: Kind,
    id: Uuid,
    version: i32,
    verb: &'static str,
}

async fn write(tx: &Tx, row: Row, before: &Side, after: &Side) -> Result<(), StoreError> {
    let row = feed::ActiveModel {
        n: NotSet,
        seq: NotSet,
        numbered_at: NotSet,
        kind: Set(row.kind.code().to_owned()),
        case_id: Set(row.id),
        version: Set(i64::from(row.version)),
        verb: Set(row.verb.to_owned()),
        area_before: Set(before.area.clone()),
        area_after: Set(after.area.clone()),
        units_before: Set(before.words()),
        units_after: Set(after.words()),
        discreet: Set(before.discreet || after.discreet),
    };
    tx.handle()
        .change(&feed::Entity::insert(row))
        .await
        .map(drop)
}

/// Notes what a verb does to a ticket, once its version was compared.
pub(crate) async fn ticket(tx: &Tx, change: &TicketChange) -> Result<(), StoreError> {
    let before = change.before.as_ref().map(side).unwrap_or_default();
    let verb = change.events.last();
    let verb = verb.map_or(CHANGE, |event| event.verb.code());
    write(tx, row(&change.after, verb), &before, &side(&change.after)).await
}

/// Notes that an incident of a ticket was written down beside a verb that was not saved.
pub(crate) async fn stopped(tx: &Tx, case: &TicketCase) -> Result<(), StoreError> {
    let side = side(case);
    write(tx, row(case, "incident"), &side, &side).await
}

/// Notes that a file came to a ticket or went from it.
pub(crate) async fn file(tx: &Tx, case: &TicketCase, verb: &'static str) -> Result<(), StoreError> {
    let side = side(case);
    write(tx, row(case, verb), &side, &side).await
}

fn row(case: &TicketCase, verb: &'static str) -> Row {
    Row {
        kind: Kind::Ticket,
        id: case.ticket.id.0,
        version: case.ticket.version,
        verb,
    }
}

/// The ticket's area, and the units that have a part in it.
fn side(case: &TicketCase) -> Side {
    let gone = [AssignmentStatus::Returned, AssignmentStatus::Recalled];
    let parts = case.assignments.iter();
    let parts = parts.filter(|assignment| !gone.contains(&assignment.status));
    Side {
        area: Some(case.ticket.region.clone()),
        units: parts.map(|assignment| assignment.unit.clone()).collect(),
        discreet: is_discreet(&case.ticket),
    }
}

fn is_discreet(ticket: &Ticket) -> bool {
    ticket.confidential || ticket.kind == RequestKind::TipOff
}

/// A ticket as the database has it.
#[derive(Default)]
pub(crate) struct Seen {
    id: Uuid,
    version: i32,
    area: Option<String>,
    discreet: bool,
    /// Units that have a part in it, by assignment.
    parts: BTreeMap<Uuid, String>,
}

impl Seen {
    /// Locks the ticket and looks at it, for a change outside of a verb.
    pub(crate) async fn of(tx: &Tx, id: TicketId) -> Result<Self, StoreError> {
        let h = tx.handle();
        // Text: one look along two indexes.
        let mut sql = Sql::new(
            "select t.version, t.region, t.confidential, t.kind, a.id as part, a.unit from tickets t
             left join assignments a on a.ticket_id = t.id and a.status not in (?, ?) where t.id = ?",
            vals![AssignmentStatus::Returned, AssignmentStatus::Recalled, id],
        );
        if h.locks_rows() {
            sql.text(" for update of t");
        }
        let mut seen = Self {
            id: id.0,
            ..Self::default()
        };
        for row in h.all(sql).await? {
            let version: i64 = row.try_get("", "version")?;
            let kind: String = row.try_get("", "kind")?;
            seen.version = i32::try_from(version).unwrap_or(i32::MAX);
            seen.area = row.try_get("", "region")?;
            seen.discreet = row.try_get("", "confidential")? || kind == RequestKind::TipOff.code();
            let part: Option<Uuid> = row.try_get("", "part")?;
            if let (Some(part), Some(unit)) = (part, row.try_get("", "unit")?) {
                seen.parts.insert(part, unit);
            }
        }
        Ok(seen)
    }

    fn side(&self) -> Side {
        Side {
            area: self.area.clone(),
            units: self.parts.values().cloned().collect(),
            discreet: self.discreet,
        }
    }

    /// Notes that a deadline of it moved.
    pub(crate) async fn recomputed(&self, tx: &Tx) -> Result<(), StoreError> {
        let row = Row {
            kind: Kind::Ticket,
            id: self.id,
            version: self.version,
            verb: "recompute",
        };
        let side = self.side();
        write(tx, row, &side, &side).await
    }
}

/// Notes what was done to an approval, once its version was compared.
pub(crate) async fn approval(tx: &Tx, change: &ApprovalChange) -> Result<(), StoreError> {
    let before = change.before.as_ref().map(side_of).unwrap_or_default();
    let row = Row {
        kind: Kind::Approval,
        id: change.after.approval.id.0,
        version: change.after.approval.version,
        verb: change
            .events
            .last()
            .map_or(CHANGE, |event| event.verb.code()),
    };
    write(tx, row, &before, &side_of(&change.after)).await
}

/// Notes that an incident of an approval was written down beside a verb that was not saved.
pub(crate) async fn incident(tx: &Tx, case: &ApprovalCase) -> Result<(), StoreError> {
    beside(tx, case, "incident").await
}

/// Notes that a file came to an approval or went from it.
pub(crate) async fn file_of_approval(
    tx: &Tx,
    case: &ApprovalCase,
    verb: &'static str,
) -> Result<(), StoreError> {
    beside(tx, case, verb).await
}

/// What happened beside an approval that stays as it is.
async fn beside(tx: &Tx, case: &ApprovalCase, verb: &'static str) -> Result<(), StoreError> {
    let row = Row {
        kind: Kind::Approval,
        id: case.approval.id.0,
        version: case.approval.version,
        verb,
    };
    let side = side_of(case);
    write(tx, row, &side, &side).await
}

/// The initiator's unit and those that have an open task.
fn side_of(case: &ApprovalCase) -> Side {
    let open = case.hung.tasks.iter().filter(|task| task.active);
    let units = open.filter_map(|task| task.unit.clone());
    Side {
        area: Some(case.approval.region.clone()),
        units: units.chain([case.approval.unit.clone()]).collect(),
        discreet: false,
    }
}

/// Notes what was done to an application, once its version was compared; what follows for the ticket is its ticket's own row.
pub(crate) async fn application(tx: &Tx, change: &ApplicationChange) -> Result<(), StoreError> {
    let before = change.before.as_ref().map(side_of_one).unwrap_or_default();
    let verb = change.events.last();
    let row = row_of_one(
        &change.after,
        verb.map_or(CHANGE, |event| event.verb.code()),
    );
    write(tx, row, &before, &side_of_one(&change.after)).await
}

/// Notes that an incident of an application was written down beside a verb that was not saved.
pub(crate) async fn application_stopped(tx: &Tx, case: &ApplicationCase) -> Result<(), StoreError> {
    let side = side_of_one(case);
    write(tx, row_of_one(case, "incident"), &side, &side).await
}

fn row_of_one(case: &ApplicationCase, verb: &'static str) -> Row {
    Row {
        kind: Kind::Application,
        id: case.application.id.0,
        version: case.application.version,
        verb,
    }
}

/// The ticket's area and the unit that asks. Nothing in a row tells who speaks, of whatever ticket.
fn side_of_one(case: &ApplicationCase) -> Side {
    Side {
        area: Some(case.application.region.clone()),
        units: BTreeSet::from([case.application.unit.clone()]),
        discreet: false,
    }
}

/// Marks that a bulk door wrote or took back tickets of a run. Later writes of the same run give the mark a new number, so that it always stands
/// behind the last of them, also when the door was killed.
pub(crate) async fn rebuild(tx: &Tx, batch: BatchId) -> Result<(), StoreError> {
    let h = tx.handle();
    let again = feed::Entity::update_many()
        .col_expr(feed::Column::Seq, Expr::value(None::<i64>))
        .filter(feed::Column::Kind.eq(Kind::Rebuild.code()))
        .filter(feed::Column::CaseId.eq(batch.0));
    if h.change(&again).await? > 0 {
        return Ok(());
    }
    let row = Row {
        kind: Kind::Rebuild,
        id: batch.0,
        version: 0,
        verb: "rebuild",
    };
    write(tx, row, &Side::default(), &Side::default()).await
}
