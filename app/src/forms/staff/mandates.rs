//! Forms about who acts for organisations: the answer, and ending what holds.
//! Not here: the rules (`services::citizens::mandates`), the citizen's own forms (`forms::citizen::mandates`).
//! One form answers; the button that refuses says so.

use services::citizens::mandates::{self, Decision, End};
use shared::access::needs;
use shared::citizen::mandate::MandateShelf;
use shared::ids::MandateId;

use crate::forms::{Call, Fields, FormRoute, Redirect, Refusal};

forms! {
    "/staff/mandates/{id}/decide", needs::MANDATES, decide;
    "/staff/mandates/{id}/end", needs::MANDATES, end;
}

/// The version that the page showed; one that is unreadable is stale.
fn version(fields: &Fields) -> i32 {
    let version = fields.get("version").and_then(|text| text.parse().ok());
    version.unwrap_or(0)
}

async fn decide(call: Call) -> Result<Redirect, Refusal> {
    let id: MandateId = call.param(0)?;
    let said = Decision {
        version: version(&call.fields),
        agrees: call.fields.get("refuse").is_none(),
        reason: call.fields.optional("reason"),
    };
    mandates::decide(&call.ctx, id, said).await?;
    Ok(Redirect::to("/staff/mandates?done=decide"))
}

async fn end(call: Call) -> Result<Redirect, Refusal> {
    let id: MandateId = call.param(0)?;
    let said = End {
        version: version(&call.fields),
        reason: call.fields.text("reason"),
    };
    mandates::end(&call.ctx, id, said).await?;
    let shelf = MandateShelf::Holding;
    Ok(Redirect::to(format!(
        "/staff/mandates?shelf={shelf}&done=decide"
    )))
}
