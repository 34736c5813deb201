//! Search rows made anew after what is searched, or how, has changed, a few at a time and in the order of the tickets.
//! Where it stands is a row of `search_rebuild`; without one nothing is to do, and a job that was killed goes on there.
//! Not here: what is searched (`search`), when it runs (`services::jobs`).

use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait as _, FromQueryResult};
use shared::ids::TicketId;
use shared::ticket::RequestKind;

use crate::entity::Col;
use crate::entity::ticket::search_rebuild::{ActiveModel, Entity};
use crate::sql::{Sql, vals};
use crate::tickets::search::{self, Searched};
use crate::{Conn, StoreError, Tx};

/// Whether search rows wait for being made anew.
pub async fn is_waiting(conn: &dyn Conn) -> Result<bool, StoreError> {
    let waiting = conn.handle().find_one(Entity::find()).await?;
    Ok(waiting.is_some())
}

/// Makes the search rows of the next `limit` tickets anew; gives how many, and whether more are waiting.
pub async fn step(tx: &Tx, limit: u32) -> Result<(u64, bool), StoreError> {
    let h = tx.handle();
    let Some(rebuild) = h.find_one(Entity::find()).await? else {
        return Ok((0, false));
    };
    let upto = rebuild.upto.0;
    // Text: what is searched alone, along the key.
    let mut sql = Sql::new(
        "select t.id, t.ticket_no, t.title, t.content, t.answer, t.address, t.external_no, t.paper_no, t.lead_unit, t.confidential, t.kind from tickets t",
        vals![],
    );
    if let Some(upto) = upto {
        sql.push(" where t.id > ?", vals![upto]);
    }
    sql.push(" order by t.id limit ?", vals![limit]);
    let tickets = h.rows::<Row>(sql).await?;
    let mut last = upto;
    for ticket in &tickets {
        last = Some(ticket.id.0);
        search::renew(tx, ticket.id.0, &ticket.searched().runs()).await?;
    }
    if tickets.len() < limit as usize {
        h.change(&Entity::delete_many()).await?;
        return Ok((tickets.len() as u64, false));
    }
    let update = Entity::update_many().set(ActiveModel {
        upto: Set(last.into()),
        ..Default::default()
    });
    h.change(&update).await?;
    Ok((tickets.len() as u64, true))
}

/// What is searched of a ticket, as columns.
#[derive(FromQueryResult)]
struct Row {
    id: Col<TicketId>,
    ticket_no: String,
    title: String,
    content: String,
    answer: Option<String>,
    address: Option<String>,
    external_no: Option<String>,
    paper_no: Option<String>,
    lead_unit: Option<String>,
    confidential: bool,
    kind: Col<RequestKind>,
}

impl Row {
    fn searched(&self) -> Searched<'_> {
        Searched {
            ticket_no: &self.ticket_no,
            title: &self.title,
            content: &self.content,
            answer: self.answer.as_deref(),
            address: self.address.as_deref(),
            from_elsewhere: [self.external_no.as_deref(), self.paper_no.as_deref()],
            lead_unit: self.lead_unit.as_deref(),
            is_discreet: self.confidential || self.kind.0 == RequestKind::TipOff,
        }
    }
}
