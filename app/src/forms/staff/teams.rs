//! Forms of teams: making, renaming and ending one, taking people in and letting them go.
//! Not here: the rules (`services::users::teams`), the pages (`pages::staff::teams`).
//! A day that ends something is its last one: what is kept is the beginning of the next.

use services::users::teams;
use shared::account::teams::{JoinTeam, MakeTeam};
use shared::fault::{Check, Code, Fault};
use shared::ids::TeamId;

use crate::forms::{Call, Redirect, Refusal};

const TEAMS: &str = "/office/teams";

/// Makes a team.
pub(super) async fn make(call: Call) -> Result<Redirect, Refusal> {
    let command = MakeTeam {
        unit: call.fields.text("unit"),
        name: call.fields.text("name"),
    };
    let id = teams::make(&call.ctx, command).await?;
    Ok(back(id))
}

/// Renames a team.
pub(super) async fn rename(call: Call) -> Result<Redirect, Refusal> {
    let id: TeamId = call.param(0)?;
    let name = call.fields.text("name");
    teams::rename(&call.ctx, id, &name, version(&call)?).await?;
    Ok(back(id))
}

/// Ends a team.
pub(super) async fn end(call: Call) -> Result<Redirect, Refusal> {
    let id: TeamId = call.param(0)?;
    teams::end(&call.ctx, id, version(&call)?).await?;
    Ok(Redirect::to(format!("{TEAMS}?done=team")))
}

/// Takes somebody in.
pub(super) async fn join(call: Call) -> Result<Redirect, Refusal> {
    let id: TeamId = call.param(0)?;
    let fields = &call.fields;
    let mut check = Check::default();
    let from = fields.begin_of("from", &mut check);
    let until = fields.end_of("until", &mut check);
    let username = fields.text("username");
    if username.is_empty() {
        check.add("username", Code::InputRequired);
    }
    check.finish()?;
    let command = JoinTeam {
        username,
        leads: fields.ticked("leads"),
        from,
        until,
    };
    teams::join(&call.ctx, id, command).await?;
    Ok(back(id))
}

/// Lets somebody go.
pub(super) async fn leave(call: Call) -> Result<Redirect, Refusal> {
    let (id, no): (TeamId, i32) = (call.param(0)?, call.param(1)?);
    teams::leave(&call.ctx, id, no).await?;
    Ok(back(id))
}

fn back(id: TeamId) -> Redirect {
    Redirect::to(format!("{TEAMS}/{id}?done=team"))
}

fn version(call: &Call) -> Result<i32, Fault> {
    let version = call.fields.text("version").parse();
    version.map_err(|_| Fault::field("version", Code::InputRequired))
}
