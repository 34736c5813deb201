//! Saving an application with everything that a verb changed of it, in the caller's transaction (I4).
//! Not here: loading (`load`), the ticket that it hangs on (`tickets::case`).
//! The version is compared; whoever comes second gets `Conflict` with the version now.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use shared::ids::TicketId;

use crate::bulk::rows::Insert;
use crate::entity::ticket::application::{Beside, Column, Entity};
use crate::entity::ticket::directive_ticket;
use crate::entity::{Col, table};
use crate::host::events;
use crate::host::hung::{self, Of};
use crate::record::{Application, ApplicationCase, ApplicationChange, CaseKind, Incident};
use crate::sql::{Sql, vals};
use crate::{Decided, StoreError, Tx};

/// Key of the definition of applications.
const DEFINITION: &str = "application";

/// The insert of heads; the bulk doors use it as well.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// Saves a change that was made of an application alone.
///
/// # Errors
/// `Conflict` when somebody else was faster.
pub async fn save(tx: &Tx, change: &Decided<ApplicationCase>) -> Result<(), StoreError> {
    write(tx, change).await
}

/// Writes a change that was decided alone or with its ticket.
pub(crate) async fn write(tx: &Tx, change: &ApplicationChange) -> Result<(), StoreError> {
    let empty = ApplicationCase::of(change.after.application.clone());
    let (before, after) = (change.before.as_ref().unwrap_or(&empty), &change.after);
    match &change.before {
        None => insert(tx, &after.application).await?,
        Some(before) => update(tx, &after.application, before.application.version).await?,
    }
    crate::feed::application(tx, change).await?;
    events::append(tx, &change.events).await?;
    let of = (of(&before.application), of(&after.application));
    Box::pin(hung::save(tx, of, change)).await
}

async fn insert(tx: &Tx, application: &Application) -> Result<(), StoreError> {
    let mut sql = Sql::new(INSERT.head, vals![]);
    sql.list(application.values(Beside {}));
    tx.handle().insert(sql, "application_no").await?;
    let linked = application
        .linked
        .values()
        .filter_map(|id| id.parse::<TicketId>().ok());
    let rows = linked.map(|ticket| {
        table::values(&directive_ticket::Model {
            ticket_id: Col(ticket),
            application_id: Col(application.id),
        })
    });
    table::put(tx, table::insert::<directive_ticket::Entity>(), rows).await
}

async fn update(tx: &Tx, application: &Application, loaded: i32) -> Result<(), StoreError> {
    let h = tx.handle();
    let id = Col(application.id);
    let update = Entity::update_many()
        .set(application.moved())
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(Col(loaded)));
    if h.change(&update).await? == 1 {
        return Ok(());
    }
    let now = h.find_one(Entity::find_by_id(id)).await?;
    Err(StoreError::Conflict {
        object: "application".to_owned(),
        expected: loaded,
        current: now.map_or(0, |row| row.version.0),
    })
}

fn of(application: &Application) -> Of<'_> {
    Of {
        id: application.id.into(),
        kind: CaseKind::Application,
        definition: DEFINITION,
        version: application.definition_version,
    }
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. The case stays as it is.
pub async fn note_incident(
    tx: &Tx,
    case: &ApplicationCase,
    incident: Incident,
) -> Result<i32, StoreError> {
    let n = hung::note(tx, of(&case.application), &case.hung, incident).await?;
    crate::feed::application_stopped(tx, case).await?;
    Ok(n)
}
