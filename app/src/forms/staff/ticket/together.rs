//! Many tickets about one event into the leading one: those that were ticked, and those whose numbers were typed.
//! Not here: the single verb (`verb`), which tickets fit (`services::tickets`).
//! Goes back to the leading ticket, which shows what became of them.

use shared::command::{Command as _, Sent};
use shared::ids::TicketId;
use shared::ticket::together::Gather;

use crate::forms::{Call, Redirect, Refusal};

/// Name of the boxes, whose numbers go with those that were typed.
const CHOSEN: &str = "chosen";

/// Merges them (并案).
pub async fn gather(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let together = |(name, value): &(String, String)| {
        let is_box = name == CHOSEN;
        let name = if is_box { "tickets" } else { name.as_str() };
        (name.to_owned(), value.clone())
    };
    let pairs: Vec<(String, String)> = call.fields.pairs().iter().map(together).collect();
    let command = Gather::read(Sent::form(&pairs))?;
    services::tickets::gather(&call.ctx, id, command).await?;
    Ok(Redirect::to(format!("/tickets/{id}?done=merge")))
}
