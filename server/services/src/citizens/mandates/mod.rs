//! Mandates: a citizen who has signed in acts for an organisation. `ask` is the citizen's side, `decide` that of the staff of the city.
//! Whether one holds is asked at each request and once more in the write that files under it, so that one that has expired or was ended a moment
//! ago is of no use. Not here: the tickets of an organisation (`requests`), filing (`tickets::register`).

mod ask;
mod decide;

use shared::calendar::Instant;
use shared::citizen::mandate::{ActsFor, MandateState, MandateView};
use shared::fault::{Code, Fault};
use shared::ids::{CitizenId, MandateId};
use shared::ticket::SubjectType;
use store::citizens;
use store::record::{AuditEntry, Mandate};
use store::{Conn, StoreError, Tx};

use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;

pub use ask::{ask, end_own, mine};
pub use decide::{Decision, End, LookFor, decide, end, list};

/// For which organisations an account acts now.
pub(super) async fn acts_for(
    conn: &dyn Conn,
    citizen: CitizenId,
    now: Instant,
) -> Result<Vec<ActsFor>, StoreError> {
    let held = citizens::holding(conn, citizen, now).await?;
    Ok(held
        .into_iter()
        .map(|mandate| ActsFor {
            id: mandate.id,
            organisation: mandate.words.organisation,
        })
        .collect())
}

/// The mandate under which the caller files now; `None` for one that is another's, or does not hold.
pub(crate) async fn held(ctx: &Ctx, tx: &Tx, id: MandateId) -> Result<Option<Mandate>, Failure> {
    let Some(known) = &ctx.citizen else {
        return Ok(None);
    };
    let found = citizens::mandate(tx, id).await?;
    Ok(found.filter(|mandate| {
        mandate.citizen == known.account.id
            && mandate.state.at(mandate.ends_at, ctx.now()) == MandateState::Holds
    }))
}

/// What kind of organisation speaks, by the first two characters of its credit code: the office that registered it, and as what.
pub(crate) fn subject(mandate: &Mandate) -> SubjectType {
    match mandate.words.credit_code.as_bytes() {
        [b'9', b'2', ..] => SubjectType::SelfEmployed,
        [b'5', ..] => SubjectType::Association,
        [b'1', ..] => SubjectType::PublicBody,
        _ => SubjectType::Enterprise,
    }
}

/// An audit row about one; nothing in it names anybody.
fn audited(ctx: &Ctx, action: &str, mandate: &Mandate) -> AuditEntry {
    let mut entry = ctx.audit(action, format!("mandate:{}", mandate.id), "ok");
    let mut fact = |name: &str, value: String| entry.facts.insert(name.to_owned(), value);
    fact("citizen", mandate.citizen.to_string());
    fact("city", mandate.city.clone());
    fact("acts_as", mandate.acts_as.to_string());
    entry
}

/// It was decided or ended by somebody else, or by its date.
fn over() -> Fault {
    Fault::new(Code::MandateDecide).fact("why", "ended")
}

/// Saves a change of one that was read in the same write.
async fn save(tx: &Tx, mandate: &mut Mandate) -> Result<(), Failure> {
    mandate.version += 1;
    if citizens::save_mandate(tx, mandate).await? {
        Ok(())
    } else {
        Err(over().into())
    }
}

/// As it is shown; what only one side sees is added by that side.
fn shown(ctx: &Ctx, reference: &Reference, mandate: Mandate) -> MandateView {
    let words = mandate.words;
    // It ends with the beginning of the day behind its last.
    let last = Instant(mandate.ends_at.0 - 1).date();
    MandateView {
        id: mandate.id,
        version: mandate.version,
        state: mandate.state.at(mandate.ends_at, ctx.now()),
        organisation: words.organisation,
        credit_code: words.credit_code,
        acts_as: mandate.acts_as,
        name: words.name,
        phone: None,
        city: reference.region(&mandate.city),
        evidence: words.evidence,
        valid_until: last,
        asked_at: mandate.asked_at,
        decided_at: mandate.decided_at,
        decided_by: None,
        ended_at: mandate.ended_at,
        ended_by: None,
        reason: mandate.reason,
    }
}
