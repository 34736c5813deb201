//! Forms of roles and posts: composing, copying, changing and stopping a role, giving a post and taking it back.
//! Not here: the rules (`services::users`), the pages (`pages::staff::rights`).
//! A day that ends something is its last one: what is kept is the beginning of the next.

use services::users::{self, Given, roles};
use shared::access::{
    Condition, Grants, Permission, PersonalField, Phase, Role, RoleCode, ScopeKind, Shown, Sight,
};
use shared::account::posts::{ComposeRole, GivePost};
use shared::fault::{Check, Code, Fault};

use crate::forms::rights::{MAY, TASKS, shows};
use crate::forms::{Call, Redirect, Refusal};

const ROLES: &str = "/office/roles";
const PEOPLE: &str = "/office/people";

/// Composes a role.
pub(super) async fn compose(call: Call) -> Result<Redirect, Refusal> {
    let role = composed(&call, None)?;
    let code = role.code.clone();
    roles::compose(&call.ctx, role).await?;
    Ok(back(&code))
}

/// Copies a role.
pub(super) async fn copy(call: Call) -> Result<Redirect, Refusal> {
    let from = coded(&call)?;
    let to = typed_code(&call)?;
    roles::copy(&call.ctx, &from, to.clone(), &call.fields.text("name")).await?;
    Ok(back(&to))
}

/// Changes a role of the office.
pub(super) async fn change(call: Call) -> Result<Redirect, Refusal> {
    let code = coded(&call)?;
    let role = composed(&call, Some(code.clone()))?;
    roles::change(&call.ctx, role, version(&call)?).await?;
    Ok(back(&code))
}

/// Stops a role of the office, or lets it go on.
pub(super) async fn stop(call: Call) -> Result<Redirect, Refusal> {
    let code = coded(&call)?;
    let stopped = call.fields.ticked("stopped");
    roles::stop(&call.ctx, code.clone(), version(&call)?, stopped).await?;
    Ok(back(&code))
}

/// Gives a post, or asks for it.
pub(super) async fn give(call: Call) -> Result<Redirect, Refusal> {
    let name: String = call.param(0)?;
    let post = post(&call)?;
    Ok(Redirect::to(
        match users::give_post(&call.ctx, &name, post).await? {
            Given::Now(_) => format!("{PEOPLE}/{name}?done=give"),
            Given::Asked(id) => format!("/staff/account-requests/{id}?done=ask"),
        },
    ))
}

/// Takes a post back.
pub(super) async fn end(call: Call) -> Result<Redirect, Refusal> {
    let (name, no): (String, i32) = (call.param(0)?, call.param(1)?);
    let why = call.fields.optional("why");
    users::end_post(&call.ctx, &name, no, why.as_deref()).await?;
    Ok(Redirect::to(format!("{PEOPLE}/{name}?done=end")))
}

pub(super) async fn resume(call: Call) -> Result<Redirect, Refusal> {
    let (name, no): (String, i32) = (call.param(0)?, call.param(1)?);
    users::resume_post(&call.ctx, &name, no).await?;
    Ok(Redirect::to(format!("{PEOPLE}/{name}?done=resume")))
}

fn back(code: &RoleCode) -> Redirect {
    Redirect::to(format!("{ROLES}/{code}?done=role"))
}

fn coded(call: &Call) -> Result<RoleCode, Fault> {
    let code: String = call.param(0)?;
    RoleCode::parse(&code).ok_or_else(Fault::missing)
}

fn typed_code(call: &Call) -> Result<RoleCode, Fault> {
    let typed = call.fields.text("code");
    if typed.is_empty() {
        return Err(Fault::field("code", Code::InputRequired));
    }
    RoleCode::parse(&typed).ok_or_else(|| Fault::field("code", Code::RoleCodeForm))
}

fn version(call: &Call) -> Result<i32, Fault> {
    let version = call.fields.text("version").parse();
    version.map_err(|_| Fault::field("version", Code::InputRequired))
}

fn composed(call: &Call, code: Option<RoleCode>) -> Result<ComposeRole, Fault> {
    let given = Permission::ALL.iter().filter_map(|permission| {
        let scope = call.fields.get(&format!("{MAY}{permission}"))?;
        Some((*permission, ScopeKind::parse(scope)?))
    });
    let grants: Grants = given.collect();
    let tasks = call.fields.pairs().iter();
    let tasks = tasks
        .filter(|(name, _)| name == TASKS)
        .filter_map(|(_, value)| Role::parse(value));
    Ok(ComposeRole {
        code: match code {
            Some(code) => code,
            None => typed_code(call)?,
        },
        name: call.fields.text("name"),
        name_en: call.fields.text("name_en"),
        tasks: tasks.collect(),
        grants,
        sight: Some(sight(call)),
    })
}

/// Field rights as the form sends them, one field for each class and phase; what is not sent stays as usual.
fn sight(call: &Call) -> Sight {
    let mut sight = Sight::default();
    for field in PersonalField::ALL {
        for phase in Phase::ALL {
            let sent = call.fields.get(&shows(*field, *phase));
            if let Some(shown) = sent.and_then(Shown::parse) {
                sight = sight.with(*field, *phase, shown);
            }
        }
    }
    sight
}

fn post(call: &Call) -> Result<GivePost, Fault> {
    let fields = &call.fields;
    let mut check = Check::default();
    let from = fields.begin_of("from", &mut check);
    let until = fields.end_of("until", &mut check);
    let certificate_until = fields.end_of("certificate_until", &mut check);
    let role = RoleCode::parse(&fields.text("role"));
    if role.is_none() {
        check.add("role", Code::InputRequired);
    }
    check.finish()?;
    let role = role.ok_or_else(|| Fault::field("role", Code::InputRequired))?;
    Ok(GivePost {
        role,
        unit: fields.optional("unit"),
        scope: ScopeKind::parse(&fields.text("scope")),
        from,
        until,
        condition: Condition::parse(&fields.text("condition")),
        certificate: fields.optional("certificate"),
        certificate_until,
        reason: fields.optional("reason"),
    })
}
