//! Forms of setting up: the first visit, marks of steps, accounts with a link for one use, posts.
//! Not here: the steps' own pages.
//! Links come back inside the form, and are shown this once.

use shared::access::Role;
use shared::fault::{Check, Code, Fault};
use shared::setup::Mark;

use services::setup::{self, First, Other};

use crate::forms::{Call, Redirect, Refusal};

/// The other administrators: role, field of the sign-in name, field of the name.
const OTHERS: [(Role, &str, &str); 3] = [
    (Role::SecurityAdmin, "security", "security_name"),
    (Role::Auditor, "audit", "audit_name"),
    (Role::BusinessAdmin, "business", "business_name"),
];

/// The first visit.
pub(in crate::forms) async fn begin(call: Call) -> Result<Redirect, Refusal> {
    let Call {
        ctx, mut fields, ..
    } = call;
    let password = fields.get("password").unwrap_or_default().to_owned();
    let again = fields.get("password_again").unwrap_or_default().to_owned();
    fields.remove("password");
    fields.remove("password_again");
    let other = |(role, field, name): (Role, &'static str, &str)| Other {
        role,
        field,
        username: fields.text(field),
        name: fields.text(name),
    };
    let others = OTHERS.map(other).into_iter();
    let first = First {
        area: fields.text("area"),
        centre: fields.text("centre"),
        username: fields.text("username"),
        name: fields.text("name"),
        others: others.filter(|it| !it.username.is_empty()).collect(),
        password,
    };
    let token = fields.text("token");
    let begun = match typed(&first, &again) {
        Ok(()) => setup::begin(&ctx.services, &token, first).await,
        Err(fault) => Err(fault),
    };
    match begun {
        Ok(made) if made.is_empty() => Ok(Redirect::to("/sign-in?next=/set-up")),
        Ok(made) => {
            let line = |made: &setup::Made| format!("{}\t{}", made.username, made.link.link);
            let made = made.iter().map(|made| ("made".to_owned(), line(made)));
            let begun = std::iter::once(("begun".to_owned(), "yes".to_owned()));
            Err(Refusal::Again(begun.chain(made).collect()))
        }
        Err(fault) => Err(Refusal::FaultWith(fault, fields.into_pairs())),
    }
}

fn typed(first: &First, again: &str) -> Result<(), Fault> {
    let mut check = Check::default();
    if first.area.trim().is_empty() {
        check.add("area", Code::InputRequired);
    }
    if first.username.is_empty() {
        check.add("username", Code::InputRequired);
    }
    if first.password.is_empty() {
        check.add("password", Code::InputRequired);
    } else if first.password != again {
        check.add("password_again", Code::PasswordDiffers);
    }
    check.finish()
}

/// Says that a step is done.
pub(super) async fn mark(call: Call) -> Result<Redirect, Refusal> {
    let mark = Mark::parse(&call.fields.text("mark")).ok_or_else(Fault::missing)?;
    setup::set_mark(&call.ctx, mark, &call.fields.text("note")).await?;
    Ok(Redirect::to("/set-up?done=mark"))
}

/// Makes an account; its link is shown once.
pub(super) async fn account(call: Call) -> Result<Redirect, Refusal> {
    let Call { ctx, fields, .. } = call;
    let text = |name: &str| fields.text(name);
    let (username, name, unit) = (text("username"), text("name"), text("unit"));
    let made = setup::make_account(&ctx, (&username, &name, &unit)).await;
    match made {
        Ok(made) => Err(Refusal::Again(vec![
            ("made_for".to_owned(), username),
            ("link".to_owned(), made.link),
        ])),
        Err(fault) => Err(Refusal::FaultWith(fault, fields.into_pairs())),
    }
}

/// Grants a post.
pub(super) async fn grant(call: Call) -> Result<Redirect, Refusal> {
    let username = call.fields.text("username");
    let role = Role::parse(&call.fields.text("role"));
    let mut check = Check::default();
    if username.is_empty() {
        check.add("username", Code::InputRequired);
    }
    if role.is_none() {
        check.add("role", Code::InputRequired);
    }
    check.finish()?;
    let role = role.ok_or_else(|| Fault::field("role", Code::InputRequired))?;
    match setup::grant(&call.ctx, &username, role).await {
        Ok(()) => Ok(Redirect::to("/set-up?done=grant")),
        Err(fault) if fault.code == Code::NotFound => {
            Err(Fault::field("username", Code::NotFound).into())
        }
        Err(fault) => Err(fault.into()),
    }
}
