//! The form that answers what a citizen wishes about the own data.
//! Not here: the rules (`services::citizens::wishes`), the citizen's own forms (`forms::citizen::wishes`).
//! One path answers; the button that refuses says so.

use services::citizens::wishes::{self, WishAnswer};
use shared::access::needs;
use shared::ids::WishId;

use crate::forms::{Call, FormRoute, Redirect, Refusal};

forms! {
    "/staff/wishes/{id}/decide", needs::WISHES, decide;
}

async fn decide(call: Call) -> Result<Redirect, Refusal> {
    let id: WishId = call.param(0)?;
    // A version that is unreadable is stale.
    let version = call.fields.get("version");
    let version = version.and_then(|text| text.parse().ok());
    let said = WishAnswer {
        version: version.unwrap_or(0),
        agrees: call.fields.get("refuse").is_none(),
        reason: call.fields.optional("reason"),
    };
    wishes::answer(&call.ctx, id, said).await?;
    Ok(Redirect::to("/staff/wishes?done=decide"))
}
