//! The citizen's own case, by what proves that it is theirs.
//! Not here: inside a scope (`load`), the list of the own ones (`citizens`).
//! A proof is a hash, never a scope: nothing but the one ticket is reached by it.

use std::sync::LazyLock;

use sea_orm::{FromQueryResult, QueryResult};
use shared::calendar::Instant;
use shared::citizen::mandate::{MandateRole, MandateState};
use shared::ids::{CitizenId, TicketId};
use shared::ticket::{TicketNo, TicketState};
use uuid::Uuid;

use super::load::{find, load_public};
use crate::entity::ticket::questionnaire;
use crate::entity::{Col, table};
use crate::record::{Questionnaire, TicketCase};
use crate::scope::not_discreet;
use crate::sql::{Sql, vals};
use crate::tickets::filter::NOT_RECYCLED;
use crate::tickets::person;
use crate::{Conn, Seal, StoreError};

/// By what a ticket is known to be somebody's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The hash of number and query code.
    Code(Vec<u8>),
    /// The hash of what stands in the address of a questionnaire.
    Questionnaire(Vec<u8>),
    /// A citizen who has signed in. A discreet ticket is not reached so.
    Citizen(Mine),
    /// A message from this number, as the gateway says: of the contact's number, in its normal form.
    Sender(String),
    /// A mail that answers the one of this id, which nobody but its recipient has.
    Answer(Uuid),
}

/// By what a citizen who has signed in reaches tickets: what was filed for no organisation by the verified number, what was filed for one by the
/// mandate that holds for it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    /// The hashes of the verified number, by each key that finds: one of them is that of the ticket's contact.
    pub phone: Vec<Vec<u8>>,
    /// The account.
    pub citizen: CitizenId,
    /// Whether any mandate of it holds; the others are not looked for.
    pub acts: bool,
    /// Mandates hold at this time.
    pub now: Instant,
}

/// Those that were filed for organisations by this citizen, `o`'s, under a mandate for one for which one holds now, `m`'s.
const OF_MINE: &str = " select o.id from mandates o join mandates m on m.credit_hmac = o.credit_hmac where m.citizen_id = ? and m.state = ? and m.ends_at > ? and o.citizen_id = m.citizen_id";
/// The same of everybody who acts or acted for an organisation that the citizen represents by law.
const OF_OTHERS: &str = " select o.id from mandates o join mandates m on m.credit_hmac = o.credit_hmac where m.citizen_id = ? and m.state = ? and m.ends_at > ? and m.acts_as = ? and o.citizen_id <> m.citizen_id";

impl Mine {
    /// The mandates under which the citizen filed, of organisations for which one holds now.
    pub(crate) fn of_mine(&self) -> Sql {
        Sql::new(OF_MINE, vals![self.citizen, MandateState::Holds, self.now])
    }

    /// The mandates of others, of organisations that the citizen represents by law.
    pub(crate) fn of_others(&self) -> Sql {
        Sql::new(
            OF_OTHERS,
            vals![
                self.citizen,
                MandateState::Holds,
                self.now,
                MandateRole::Legal
            ],
        )
    }

    /// ` and …` that a ticket, `t`, is reached.
    fn reaches(&self) -> Sql {
        let mut sql = Sql::new(" and (t.mandate_id is null", vals![]);
        sql.append(person::has_phone(&self.phone));
        if self.acts {
            sql.text(" or t.mandate_id in (")
                .append(self.of_mine())
                .text(" union all")
                .append(self.of_others())
                .text(")");
        }
        sql.text(")");
        sql
    }
}

impl Claim {
    /// The condition that a ticket is reached by it; none for a code, which is compared in constant time.
    fn condition(&self, seal: &Seal) -> Option<Sql> {
        match self {
            Self::Code(_) => None,
            Self::Questionnaire(hash) => {
                let mut sql = Sql::new(
                    " and t.id = (select q.ticket_id from questionnaires q where q.token_hash = ?)",
                    vals![hash],
                );
                sql.text(NOT_RECYCLED);
                Some(sql)
            }
            Self::Sender(phone) => {
                let mut sql = person::has_phone(&person::phone_hashes(seal, phone));
                sql.text(NOT_RECYCLED);
                Some(sql)
            }
            Self::Answer(id) => {
                let mut sql = Sql::new(
                    " and t.id = (select o.ticket_id from outbox o where o.id = ?)",
                    vals![*id],
                );
                sql.text(NOT_RECYCLED);
                Some(sql)
            }
            Self::Citizen(mine) => {
                let mut sql = mine.reaches();
                sql.text(NOT_RECYCLED).append(not_discreet());
                Some(sql)
            }
        }
    }
}

/// The questionnaire behind the hash of its address, with its ticket's number and how that stands.
pub async fn find_questionnaire(conn: &dyn Conn, hash: &[u8]) -> Result<Option<Asked>, StoreError> {
    // Text: one row of a unique index, with its ticket.
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*QUESTIONNAIRE).push(
        ", t.ticket_no, t.state, t.cycle_no as cycle_now from questionnaires q join tickets t on t.id = q.ticket_id where q.token_hash = ?",
        vals![hash],
    );
    asked(conn.handle().one(sql).await?.as_ref())
}

fn asked(row: Option<&QueryResult>) -> Result<Option<Asked>, StoreError> {
    let Some(row) = row else {
        return Ok(None);
    };
    let head = Head::from_query_result(row, "")?;
    Ok(Some(Asked {
        questionnaire: questionnaire::Model::from_query_result(row, "")?.into(),
        ticket_no: head.ticket_no.0,
        state: head.state.0,
        cycle_no: head.cycle_now.0,
    }))
}

/// The newest questionnaire that waits for an answer from a number, with its ticket's number and how that stands.
pub async fn questionnaire_of_sender(
    conn: &dyn Conn,
    phone: &str,
    now: Instant,
) -> Result<Option<Asked>, StoreError> {
    let h = conn.handle();
    // Text: along the index of numbers, to the few questionnaires of their tickets.
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*QUESTIONNAIRE).push(
        ", t.ticket_no, t.state, t.cycle_no as cycle_now from tickets t join questionnaires q on q.ticket_id = t.id and q.cycle_no = t.cycle_no
         where 1 = 1",
        vals![],
    );
    sql.append(person::has_phone(&person::phone_hashes(h.seal(), phone)))
        .push(
            " and q.used_at is null and q.ends_at > ? order by q.made_at desc limit 1",
            vals![now],
        );
    asked(h.one(sql).await?.as_ref())
}

/// Open tickets of a number, the newest first, at most so many; and where the newest of all its tickets lies.
pub async fn of_sender(
    conn: &dyn Conn,
    phone: &str,
    limit: u32,
) -> Result<(Vec<TicketNo>, Option<String>), StoreError> {
    let h = conn.handle();
    let hashes = person::phone_hashes(h.seal(), phone);
    // Text: the few rows of a number, by its index.
    let mut sql = Sql::new(
        "select t.ticket_no, t.region from tickets t where 1 = 1",
        vals![],
    );
    sql.append(person::has_phone(&hashes))
        .text(" and t.is_open")
        .text(NOT_RECYCLED)
        .push(" order by t.id desc limit ?", vals![limit]);
    let open = h.rows::<Sent>(sql).await?;
    let mut sql = Sql::new(
        "select t.ticket_no, t.region from tickets t where 1 = 1",
        vals![],
    );
    sql.append(person::has_phone(&hashes))
        .text(NOT_RECYCLED)
        .text(" order by t.id desc limit 1");
    let newest = h.row::<Sent>(sql).await?;
    let open = open.into_iter().map(|found| found.ticket_no.0);
    Ok((open.collect(), newest.map(|found| found.region)))
}

/// The ticket that a message of ours was about.
pub async fn of_message(conn: &dyn Conn, id: Uuid) -> Result<Option<TicketNo>, StoreError> {
    // Text: two keys.
    let sql = Sql::new(
        "select t.ticket_no, t.region from outbox o join tickets t on t.id = o.ticket_id where o.id = ?",
        vals![id],
    );
    let found = conn.handle().row::<Sent>(sql).await?;
    Ok(found.map(|found| found.ticket_no.0))
}

#[derive(FromQueryResult)]
struct Sent {
    ticket_no: Col<TicketNo>,
    region: String,
}

/// A questionnaire with what is asked about its ticket before it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The ticket's number.
    pub ticket_no: TicketNo,
    /// How the ticket stands.
    pub state: TicketState,
    /// Its cycle now.
    pub cycle_no: i32,
}

#[derive(FromQueryResult)]
struct Head {
    ticket_no: Col<TicketNo>,
    state: Col<TicketState>,
    cycle_now: Col<i32>,
}

static QUESTIONNAIRE: LazyLock<&str> =
    LazyLock::new(|| table::columns::<questionnaire::Entity>("q"));

/// The case of a number; `None` where the proof is none of it.
pub async fn load_own(
    conn: &dyn Conn,
    no: &TicketNo,
    claim: &Claim,
) -> Result<Option<TicketCase>, StoreError> {
    let reached = match (claim, claim.condition(conn.handle().seal())) {
        (Claim::Code(hash), _) => return load_public(conn, no, hash).await,
        (_, Some(reached)) => reached,
        (_, None) => return Ok(None),
    };
    let mut condition = Sql::new(
        " where t.id = (select k.ticket_id from ticket_keys k where k.ticket_no = ?)",
        vals![no.as_str()],
    );
    condition.append(reached);
    Box::pin(find(conn.handle(), " from tickets t", condition)).await
}

/// Whether a ticket is reached by the proof; never by a code, which is of a number.
pub async fn is_own(conn: &dyn Conn, id: TicketId, claim: &Claim) -> Result<bool, StoreError> {
    let Some(reached) = claim.condition(conn.handle().seal()) else {
        return Ok(false);
    };
    let mut sql = Sql::new("select count(*) from tickets t where t.id = ?", vals![id]);
    sql.append(reached);
    Ok(conn.handle().number(sql).await? == 1)
}
