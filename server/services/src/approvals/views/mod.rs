//! What people and programs see of approvals: lists, one case with exactly the verbs that the reader may use now, its drawing.
//! Every query runs inside the reader's reach; names come from definitions in memory.
//! Not here: changing anything (`verbs`), the process owner's pages (`owner`).

mod actions;
mod choices;
mod detail;
mod flow;
mod rows;

use shared::approval::view::PersonView;

use crate::context::Ctx;
use crate::fault::Failure;
use crate::sessions::actor_of;

pub use choices::choices;
pub use detail::get;
pub(super) use detail::in_clear as detail_in_clear;
pub use flow::flow;
pub use rows::{Query, count, list};
pub(crate) use rows::{rows_of, shelf_of};

/// People on a page at most.
const PEOPLE: u32 = 300;

/// People who can be named: those of the actor's own city, or of the province for its people.
pub(crate) async fn people(ctx: &Ctx) -> Result<Vec<PersonView>, Failure> {
    let Some(path) = &ctx.actor.unit_path else {
        return Ok(Vec::new());
    };
    // The first two codes of a path are the province's centre and the city's.
    let city: String = path.split_inclusive('/').take(2).collect();
    let reference = ctx.services.reference().await?;
    let users = store::users::of_units(&ctx.services.store().reader(), &city, PEOPLE).await?;
    // Whoever may not work on approvals cannot be given any.
    let now = ctx.now();
    let may = |user: &store::users::User| {
        actor_of(&reference, user, now).may(shared::access::Permission::ApprovalAct)
    };
    Ok(users
        .into_iter()
        .filter(may)
        .map(|user| PersonView {
            unit: reference.unit(&user.unit).name,
            username: user.username,
            name: user.name,
        })
        .collect())
}
