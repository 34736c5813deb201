//! Granting and revoking roles. System administrator, security administrator and auditor exclude each other and every other post;
//! nobody grants to himself (`domain.md` 9: who makes accounts cannot grant, who grants cannot make accounts, who audits changes nothing).
//! Not here: what a role may (`shared::access::policy`).

use shared::access::{Actor, Permission, Role, needs};
use shared::fault::{Code, Fault, FieldFault};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::sessions::normal_name;
use crate::watch::watched;

/// The three that hold no other role.
const ADMINISTRATORS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

/// Grants a role to an account.
///
/// # Errors
/// `access.denied` without the right or to oneself, `not_found`, `role.excluded` when the roles exclude each other.
pub async fn grant_role(ctx: &Ctx, username: &str, role: Role) -> Result<(), Fault> {
    change(ctx, username, role, true).await
}

/// Takes a role away; the last security administrator keeps it, else nobody could grant again.
pub async fn revoke_role(ctx: &Ctx, username: &str, role: Role) -> Result<(), Fault> {
    change(ctx, username, role, false).await
}

async fn change(ctx: &Ctx, username: &str, role: Role, grant: bool) -> Result<(), Fault> {
    let may = async { ctx.ask(needs::ROLES) };
    watched(ctx, Permission::RoleGrant.code(), "users", may).await?;
    let username = normal_name(username);
    if username == ctx.actor.username {
        return Err(Fault::denied());
    }
    let now = ctx.now();
    let mut audit = ctx.audit(
        if grant { "role.grant" } else { "role.revoke" },
        "user",
        "ok",
    );
    audit
        .facts
        .insert("role".to_owned(), role.as_str().to_owned());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let user = store::users::find_by_name(tx, &username)
                    .await?
                    .ok_or_else(Fault::missing)?;
                let mut roles: Vec<Role> = user
                    .roles
                    .iter()
                    .copied()
                    .filter(|held| *held != role)
                    .collect();
                if grant {
                    roles.push(role);
                    check_set(&roles)?;
                } else if role == Role::SecurityAdmin && is_last_security_admin(tx, &user).await? {
                    return Err(Fault::denied().into());
                }
                store::users::set_roles(tx, user.id, &roles, now).await?;
                audit.object = format!("user:{}", user.id);
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

async fn is_last_security_admin(
    tx: &store::Tx,
    user: &store::users::User,
) -> Result<bool, Failure> {
    Ok(!store::users::list(tx).await?.iter().any(|other| {
        other.id != user.id && other.active && other.roles.contains(&Role::SecurityAdmin)
    }))
}

/// Whether one person may hold these roles together.
pub(crate) fn check_set(roles: &[Role]) -> Result<(), Fault> {
    if roles.len() > 1 && roles.iter().any(|role| ADMINISTRATORS.contains(role)) {
        let facts = [("roles".to_owned(), words(roles))].into();
        return Err(Fault::fields(vec![FieldFault {
            field: "roles".to_owned(),
            code: Code::RoleExcluded,
            facts,
        }]));
    }
    Ok(())
}

/// Whether the actor may give these roles to a new account: who may grant, and once, while there is no security administrator,
/// the system administrator who makes one.
pub(super) async fn may_give(actor: &Actor, tx: &store::Tx, roles: &[Role]) -> Result<(), Failure> {
    if roles.is_empty() || needs::ROLES.is_met_by(actor) {
        return Ok(());
    }
    let is_first = roles == [Role::SecurityAdmin]
        && !store::users::list(tx)
            .await?
            .iter()
            .any(|user| user.roles.contains(&Role::SecurityAdmin));
    if is_first {
        Ok(())
    } else {
        Err(Fault::denied().into())
    }
}

/// The roles as blank-separated words.
pub(super) fn words(roles: &[Role]) -> String {
    roles
        .iter()
        .map(|role| role.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_administrators_hold_no_other_role() {
        for administrator in ADMINISTRATORS {
            check_set(&[administrator]).expect("alone");
            for other in Role::ALL.iter().filter(|role| **role != administrator) {
                assert!(
                    check_set(&[*other, administrator]).is_err(),
                    "{administrator} with {other}"
                );
            }
        }
        check_set(&[Role::Agent, Role::Dispatcher, Role::Supervisor])
            .expect("posts of a centre go together");
        check_set(&[]).expect("an account without a role may sign in and do nothing");
    }

    #[test]
    fn no_policy_row_gives_an_administrator_business_data() {
        for administrator in ADMINISTRATORS {
            assert!(shared::access::scope_for(administrator, Permission::TicketView).is_none());
        }
    }
}
