//! The forms of the verbs on tickets and assignments, made of their descriptors: where it is posted, who may, how its fields are read.
//! A verb on an assignment names the ticket as well, which is only the way back.
//! Not here: the verbs (`shared::ticket::verbs`), what they change (`services::tickets`), how a form looks (`pages::staff::ticket::actions`).

use std::borrow::Cow;
use std::sync::LazyLock;

use services::tickets::{self, Act};
use shared::command::Sent;
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::verbs::{self, On};

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

macro_rules! rows {
    ($($command:ident),+) => { vec![$(row::<verbs::$command>()),+] };
}

/// A form per verb.
pub static FORMS: LazyLock<Vec<FormRoute>> = LazyLock::new(|| shared::ticket_verbs!(rows));

fn row<V: Act>() -> FormRoute {
    let verb = V::DESCRIPTOR.verb;
    let pattern = match V::DESCRIPTOR.on {
        On::Assignment => format!("/tickets/{{id}}/assignments/{{assignment}}/{verb}"),
        _ => format!("/tickets/{{id}}/{verb}"),
    };
    FormRoute {
        pattern: Cow::Owned(pattern),
        need: V::DESCRIPTOR.need,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(run::<V>(call)) },
    }
}

/// Reads the command, does it and goes back to the ticket, which says what was done.
async fn run<V: Act>(call: Call) -> Result<Redirect, Refusal> {
    let ticket: TicketId = call.param(0)?;
    let command = V::read(Sent::form(call.fields.pairs()))?;
    match V::DESCRIPTOR.on {
        On::Assignment => {
            let part: AssignmentId = call.param(1)?;
            tickets::act(&call.ctx, part, command).await?;
        }
        _ => {
            tickets::act(&call.ctx, ticket, command).await?;
        }
    }
    let verb = V::DESCRIPTOR.verb;
    Ok(Redirect::to(format!("/tickets/{ticket}?done={verb}")))
}
