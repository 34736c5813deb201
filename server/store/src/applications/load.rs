//! Loading applications: those of a ticket that was loaded inside a scope, one inside a scope, or one for the jobs.
//! Not here: saving (`save`).
//! Of one that is decided nothing hangs any more, so nothing is looked for.

use sea_orm::entity::prelude::*;
use shared::access::Scope;
use shared::application::ApplicationStatus;
use shared::ids::{ApplicationId, CaseId, TicketId};

use crate::approvals::Standing;
use crate::database::Handle;
use crate::entity::Col;
use crate::entity::ticket::application::{Column, Entity};
use crate::host::{events, hung};
use crate::record::{Application, ApplicationCase, ApplicationEvent, CaseKind, Hung};
use crate::scope::reaches;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Warrant};

/// All applications of a ticket, in the order in which they were asked for.
pub(crate) async fn of_ticket(
    h: Handle<'_>,
    id: TicketId,
) -> Result<Vec<ApplicationCase>, StoreError> {
    let all = Entity::find().filter(Column::TicketId.eq(Col(id)));
    let mut all: Vec<Application> = h.records(all).await?;
    // Of one moment the longer number is the later one.
    all.sort_by_cached_key(|it| {
        let no = it.application_no.clone();
        (it.asked_at, no.len(), no)
    });
    let mut cases = Vec::new();
    for application in all {
        cases.push(complete(h, application).await?);
    }
    Ok(cases)
}

async fn complete(h: Handle<'_>, application: Application) -> Result<ApplicationCase, StoreError> {
    let hung = match application.status {
        ApplicationStatus::Open => hung::of_case(h, application.id.into()).await?,
        _ => Hung::default(),
    };
    Ok(ApplicationCase { application, hung })
}

/// An application whose ticket is inside the scope; `None` outside of it.
pub async fn load(
    conn: &dyn Conn,
    scope: &Scope,
    id: ApplicationId,
) -> Result<Option<ApplicationCase>, StoreError> {
    let h = conn.handle();
    // Text: the scope is one.
    let mut sql = Sql::new(
        "select q.ticket_id as id from applications q join tickets t on t.id = q.ticket_id where q.id = ?",
        vals![id],
    );
    sql.append(reaches(scope));
    if h.one(sql).await?.is_none() {
        return Ok(None);
    }
    find(h, id).await
}

/// Any application, for jobs of the system itself; never on behalf of a person.
pub async fn load_unscoped(
    conn: &dyn Conn,
    _: &Warrant,
    id: ApplicationId,
) -> Result<Option<ApplicationCase>, StoreError> {
    find(conn.handle(), id).await
}

async fn find(h: Handle<'_>, id: ApplicationId) -> Result<Option<ApplicationCase>, StoreError> {
    let found = h.find_one(Entity::find_by_id(Col(id))).await?;
    match found.map(Application::from) {
        Some(application) => Ok(Some(complete(h, application).await?)),
        None => Ok(None),
    }
}

/// The history of an application, oldest first; the caller has loaded its ticket inside the scope before.
pub async fn history(
    conn: &dyn Conn,
    id: ApplicationId,
) -> Result<Vec<ApplicationEvent>, StoreError> {
    events::of_case(conn, CaseId::from(id)).await
}

/// At which steps the open tasks of applications are.
pub async fn standing(conn: &dyn Conn) -> Result<Vec<Standing>, StoreError> {
    let sql = "select element, count(*) as cases from tasks where case_kind = ? group by element order by element";
    let sql = Sql::new(sql, vals![CaseKind::Application]);
    conn.handle().rows(sql).await
}
