//! Groups: roles, with the people who have a post of each. They are only read: posts are given by people.
//! Not here: users (`users`), what a role may (`shared::access`).
//! Members stand in one group alone, not in the list of groups.

use serde_json::{Value, json};
use shared::access::{RoleCode, RoleSpec, needs};
use shared::account::life::AccountState;
use shared::fault::Fault;

use super::{GROUP, shape};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::users::units_of;
use crate::watch::watched;

/// Posts of one role that are looked at.
const MEMBERS: u64 = 5_000;

fn shown(ctx: &Ctx, role: &RoleSpec) -> Value {
    let code = role.code.as_str();
    json!({
        "schemas": [GROUP],
        "id": code,
        "displayName": role.label(ctx.locale),
        "meta": {"resourceType": "Group", "location": shape::place(ctx, "Groups", code)},
    })
}

/// The roles.
///
/// # Errors
/// `access.denied`.
pub async fn groups(ctx: &Ctx) -> Result<Value, Fault> {
    watched(ctx, "account.provision", "groups", all(ctx)).await
}

async fn all(ctx: &Ctx) -> Result<Value, Fault> {
    ctx.ask(needs::PROVISIONING)?;
    let db = ctx.services.store().reader();
    let roles = store::roles::all(&db).await.settle(&ctx.services)?;
    let shown: Vec<Value> = roles.iter().map(|role| shown(ctx, &role.spec)).collect();
    let total = i64::try_from(shown.len()).unwrap_or_default();
    Ok(shape::listed(total, 1, &shown))
}

/// One role with its people, in the caller's reach.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn group(ctx: &Ctx, code: &str) -> Result<Value, Fault> {
    let object = format!("role:{code}");
    watched(ctx, "account.provision", object, one(ctx, code)).await
}

async fn one(ctx: &Ctx, code: &str) -> Result<Value, Fault> {
    let scope = ctx.reach(needs::PROVISIONING)?;
    let services = &ctx.services;
    let code = RoleCode::parse(code).ok_or_else(Fault::missing)?;
    let db = services.store().reader();
    let role = store::roles::find(&db, &code).await.settle(services)?;
    let role = role.ok_or_else(Fault::missing)?;
    let reference = services.reference().await?;
    let units = units_of(&scope, &reference);
    let members = store::scim::members(&db, &code, MEMBERS)
        .await
        .settle(services)?;
    let members: Vec<Value> = members
        .iter()
        .filter(|user| user.state != AccountState::Closed)
        .filter(|user| units.as_ref().is_none_or(|units| units.contains(&user.unit)))
        .map(|user| {
            let id = user.id.to_string();
            json!({"value": id, "display": user.name, "type": "User", "$ref": shape::place(ctx, "Users", &id)})
        })
        .collect();
    let mut shown = shown(ctx, &role.spec);
    shown["members"] = Value::from(members);
    Ok(shown)
}
