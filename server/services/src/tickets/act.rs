//! The common road of the verbs on tickets and assignments: a parsed command and what it is done to, through the runner.
//! Each verb says in its own file what it changes (`Decide`); what it takes and asks stands in `shared::ticket::verbs`.
//! Not here: registering, the look at the citizen, the citizen's own road (`public`).

use futures::future::BoxFuture;
use shared::fault::Fault;
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::Verb;
use shared::ticket::verbs::{On, TicketVerb};
use shared::ticket::view::Acted;
use store::record::Case;
use uuid::Uuid;

use crate::cases::draft::{Draft, Halt};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;

/// What a verb changes.
pub(crate) trait Decide: TicketVerb {
    /// Decides on the draft, after right, version and state are asked.
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt>;
}

impl<V: Decide> Order for V {
    type On = Case;

    fn verb(&self) -> Verb {
        V::DESCRIPTOR.verb
    }

    fn version(&self) -> Option<i32> {
        shared::command::Command::version(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        Decide::decide(self, draft)
    }
}

/// A verb that staff do to a ticket or an assignment.
pub trait Act: TicketVerb {
    /// Does it to the ticket or assignment of that id.
    ///
    /// # Errors
    /// The faults of the runner: right, reach, version, state, and those of the verb itself.
    fn act(self, ctx: &Ctx, id: Uuid) -> BoxFuture<'_, Result<Acted, Fault>>;
}

impl<V: Decide> Act for V {
    fn act(self, ctx: &Ctx, id: Uuid) -> BoxFuture<'_, Result<Acted, Fault>> {
        Box::pin(async move {
            let target = match V::DESCRIPTOR.on {
                On::Ticket => Target::Ticket(TicketId(id)),
                On::Assignment => Target::Assignment(AssignmentId(id)),
                On::Own | On::Other => return Err(Fault::missing()),
            };
            perform(ctx, target, self).await
        })
    }
}

/// Does a verb to a ticket or an assignment.
///
/// # Errors
/// As `Act::act`.
pub async fn act<V: Act>(ctx: &Ctx, id: impl Into<Uuid>, command: V) -> Result<Acted, Fault> {
    command.act(ctx, id.into()).await
}
