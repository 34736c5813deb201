//! Wishes about the own data in a ticket: `ask` is the citizen's side, `answer` that of the staff of the city. What is agreed is done by the ticket's own
//! verbs, which ask their right and their state; the wish is marked afterwards, so that one that was interrupted is answered once more with no harm.
//! Not here: the verbs (`tickets::verbs::life::citizen`), what is kept (`own_data`).

mod answer;
mod ask;

use shared::calendar::Instant;
use shared::citizen::wish::{WishState, WishView};
use shared::fault::{Code, Fault};
use store::Tx;
use store::citizens::wishes;
use store::record::{AuditEntry, Wish};

use crate::context::Ctx;
use crate::fault::Failure;

pub use answer::{LookFor, WishAnswer, answer, list};
pub use ask::{correct, erase, take_back};
pub(super) use ask::{of, own};

/// An audit row about one; nothing in it names anybody.
fn audited(ctx: &Ctx, action: &str, wish: &Wish) -> AuditEntry {
    let mut entry = ctx.audit(action, format!("wish:{}", wish.id), "ok");
    let mut fact = |name: &str, value: String| entry.facts.insert(name.to_owned(), value);
    fact("citizen", wish.citizen.to_string());
    fact("ticket", wish.ticket.to_string());
    fact("kind", wish.kind.to_string());
    entry
}

/// It was answered or taken back by somebody else.
fn over() -> Fault {
    Fault::new(Code::WishDecide)
}

/// Saves a change of one that was read in the same write.
async fn save(tx: &Tx, wish: &mut Wish) -> Result<(), Failure> {
    wish.version += 1;
    if wishes::save(tx, wish).await? {
        Ok(())
    } else {
        Err(over().into())
    }
}

/// As its citizen sees it; what only staff sees is added there.
fn shown(ctx: &Ctx, wish: Wish) -> WishView {
    // It is late with the beginning of the day behind its last.
    let last = Instant(wish.due_at.0 - 1).date();
    WishView {
        id: wish.id,
        version: wish.version,
        kind: wish.kind,
        state: wish.state,
        ticket_no: wish.ticket_no,
        ticket: None,
        words: wish.words.words,
        name: wish.words.name,
        phone: wish.words.phone,
        email: wish.words.email,
        asked_at: wish.asked_at,
        answer_until: last,
        is_late: wish.state == WishState::Asked && wish.due_at <= ctx.now(),
        decided_at: wish.decided_at,
        decided_by: None,
        answer: wish.answer,
    }
}
