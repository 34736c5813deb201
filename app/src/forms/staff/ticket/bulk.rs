//! The form of an act on many tickets: which act, each chosen ticket in the version that was seen, and the fields of the verb for all.
//! Not here: the verbs' own forms (`verb`), doing it (`services::tickets::bulk`).
//! It goes to the results, which can be loaded again and do nothing.

use std::borrow::Cow;

use services::tickets::bulk;
use shared::access::needs;
use shared::command::Sent;
use shared::fault::{Code, Fault};
use shared::ticket::bulk::{BulkAct, BulkItem};

use crate::forms::{Answer, Call, Files, FormRoute, KEY, MARK, Redirect, Refusal};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[FormRoute {
    pattern: Cow::Borrowed("/bulk"),
    need: needs::TICKETS,
    files: Files::None,
    tries: None,
    run: |call| -> Answer { Box::pin(run(call)) },
}];

async fn run(call: Call) -> Result<Redirect, Refusal> {
    call.ctx.ask(needs::TICKETS)?;
    let act = BulkAct::parse(&call.fields.text("act"));
    let act = act.ok_or_else(|| Fault::field("act", Code::InputCode))?;
    let chosen = call.fields.pairs().iter();
    let chosen = chosen.filter(|(name, _)| name == "item");
    let items: Result<Vec<BulkItem>, Fault> = chosen.map(|(_, item)| item.parse()).collect();
    let mut sent = Sent::form(call.fields.pairs());
    for own in ["act", "item", KEY, MARK] {
        sent.forget(own);
    }
    let id = bulk::run(&call.ctx, act, &items?, sent).await?;
    Ok(Redirect::to(format!("/bulk/{id}")))
}
