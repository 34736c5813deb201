//! Accounts: making them, passwords, posts and roles, blocking. Three administrators keep each other in check (三员分立, `domain.md` 9):
//! the system administrator makes accounts, the security administrator grants roles, the auditor reads; none holds another post.
//! Not here: signing in (`sessions`), what a role may (`shared::access`).

mod frozen;
mod last;
pub mod life;
mod look;
mod password;
mod posts;
pub mod readers;
mod reset;
pub mod rights;
pub mod roles;
mod staff;
pub mod teams;

use serde::{Deserialize, Serialize};
use shared::access::{Need, Permission, Role, RoleCode, Scope, needs};
use shared::account::life::{AccountEvent, AccountState};
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use shared::organisation::Unit;
use store::users::User;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::sessions::{normal_name, password as passwords};
use crate::watch::watched;

pub use frozen::resume as resume_post;
pub(crate) use look::units_of;
pub use look::{LookFor, page, sheet};
pub use password::{SetPassword, set_password};
pub(crate) use password::{knows_password, locked_until};
pub use posts::{Given, end as end_post, give as give_post, grant_role, revoke_role};
pub(crate) use posts::{check_set, end_in as end_post_in, give_in as give_post_in};
pub(crate) use reset::may_reset;
pub use reset::{RESET_HOURS, make_reset, reset};
pub use staff::{StaffTable, take_staff};

/// Longest sign-in name and display name, in characters.
const MAX_NAME: usize = 40;

/// A new account. Roles are granted afterwards by the security administrator, unless the machine's owner does it by command.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Create {
    /// 3 to 40 of `a-z 0-9 . _ -`.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Code of the unit the person works in.
    pub unit: String,
    /// The password to begin with.
    pub password: String,
    /// Whoever gets the account chooses a password of their own before anything else.
    #[serde(default)]
    pub given: bool,
    /// Roles to grant at once; asks for both rights.
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// An account as administrators see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UserView {
    pub id: UserId,
    pub username: String,
    pub name: String,
    pub unit: String,
    pub unit_name: String,
    pub active: bool,
    pub state: AccountState,
    /// Codes of the roles of all posts that were not taken back.
    pub roles: Vec<RoleCode>,
}

/// Makes an account.
///
/// # Errors
/// `access.denied`, field faults, `password.weak`.
pub async fn create(ctx: &Ctx, command: Create) -> Result<UserId, Fault> {
    require(ctx, Permission::UserManage).await?;
    let username = normal_name(&command.username);
    let name = shared::input::line(&command.name);
    let reference = ctx.services.reference().await?;
    let mut check = Check::default();
    check_name(&mut check, &username);
    check_display(&mut check, &name);
    if !reference
        .units
        .get(&command.unit)
        .is_some_and(|unit| unit.active)
    {
        check.add("unit", Code::InputUnit);
    }
    check.finish()?;
    passwords::check(&command.password, &username)?;
    posts::check_set(&command.roles)?;
    let now = ctx.now();
    let id = UserId(ctx.services.ids().new_id(now));
    let password = hash(ctx, &command.password).await?;
    let mut user = User {
        // What somebody else has chosen is changed first; the machine's owner may say otherwise.
        password_given: command.given || !ctx.actor.is_system(),
        ..User::begun((id, now), (username, name), command.unit, password)
    };
    let roles = command.roles;
    user.begin_with(&roles, &posts::mark(ctx));
    let mut audit = ctx.audit(Permission::UserManage.code(), format!("user:{id}"), "ok");
    audit
        .facts
        .insert("username".to_owned(), user.username.clone());
    audit.facts.insert("unit".to_owned(), user.unit.clone());
    audit.facts.insert("roles".to_owned(), words(&user.roles()));
    let actor = ctx.actor.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                posts::may_give(&actor, tx, &roles).await?;
                store::users::insert(tx, &user).await.map_err(taken)?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(id)
}

fn taken(error: store::StoreError) -> Failure {
    match error {
        store::StoreError::Exists(_) => Fault::field("username", Code::InputTaken).into(),
        other => other.into(),
    }
}

/// Opens or closes an account; a closed one is signed out everywhere at once. Nobody closes the own account, nor that of the last administrator
/// of a kind.
pub async fn set_active(ctx: &Ctx, username: &str, active: bool) -> Result<(), Fault> {
    let user = reached(ctx, needs::ACCOUNTS, username).await?;
    if ctx.actor.user() == Some(user.id) {
        return Err(Fault::denied());
    }
    let (id, now) = (user.id, ctx.now());
    let ctx_in = ctx.clone();
    let mut audit = ctx.audit("user.active", format!("user:{id}"), "ok");
    audit.facts.insert("active".to_owned(), active.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !active {
                    last::not_last_of(tx, id, now).await?;
                }
                store::users::set_active(tx, id, active, now).await?;
                let kind = if active {
                    AccountEvent::Resumed
                } else {
                    AccountEvent::Closed
                };
                store::life::add(tx, &life::line(&ctx_in, id, kind)).await?;
                if !active {
                    store::sessions::revoke_of_user(tx, id, None, now).await?;
                    store::resets::void(tx, id).await?;
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

/// The account with this name, in the caller's reach.
///
/// # Errors
/// `access.denied`, `not_found` also for accounts out of reach.
pub(crate) async fn reached(ctx: &Ctx, need: Need, username: &str) -> Result<User, Fault> {
    let found = async {
        let scope = ctx.reach(need)?;
        let db = ctx.services.store().reader();
        let user = store::users::find_by_name(&db, &normal_name(username))
            .await
            .settle(&ctx.services)?
            .ok_or_else(Fault::missing)?;
        let reference = ctx.services.reference().await?;
        if covers(&scope, &user, &reference) {
            Ok(user)
        } else {
            Err(Fault::missing())
        }
    };
    watched(ctx, Permission::UserManage.code(), "users", found).await
}

/// Whether a scope reaches somebody: by the unit that they work in.
fn covers(scope: &Scope, user: &User, reference: &Reference) -> bool {
    let unit = reference.units.get(&user.unit);
    let of_unit = |unit: &Unit| {
        scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path)
    };
    match scope {
        Scope::All => true,
        Scope::Own(id) => user.id == *id,
        Scope::Team(people) => people.contains(&user.id),
        _ => unit.is_some_and(of_unit),
    }
}

/// All accounts, by unit and name. For whoever makes accounts or grants roles, and for the auditor.
pub async fn list(ctx: &Ctx) -> Result<Vec<UserView>, Fault> {
    let any = [
        Permission::UserManage,
        Permission::RoleGrant,
        Permission::AuditRead,
    ];
    require_one(ctx, &any).await?;
    let reference = ctx.services.reference().await?;
    let users = store::users::list(&ctx.services.store().reader())
        .await
        .settle(&ctx.services)?;
    Ok(users
        .into_iter()
        .map(|user| UserView {
            id: user.id,
            roles: user.roles(),
            username: user.username,
            name: user.name,
            unit_name: reference.unit(&user.unit).name,
            unit: user.unit,
            active: user.active,
            state: user.state,
        })
        .collect())
}

/// Whether the actor holds the permission; that somebody asked without it stands in the audit.
async fn require(ctx: &Ctx, permission: Permission) -> Result<(), Fault> {
    require_one(ctx, &[permission]).await
}

async fn require_one(ctx: &Ctx, permissions: &[Permission]) -> Result<(), Fault> {
    let asked = async {
        if permissions.iter().any(|right| ctx.actor.may(*right)) {
            Ok(())
        } else {
            Err(Fault::denied())
        }
    };
    let action = permissions.first().map_or("user", |right| right.code());
    watched(ctx, action, "users", asked).await
}

/// Codes as blank-separated words.
fn words(roles: &[RoleCode]) -> String {
    let words: Vec<&str> = roles.iter().map(RoleCode::as_str).collect();
    words.join(" ")
}

async fn hash(ctx: &Ctx, password: &str) -> Result<String, Fault> {
    let mut salt = [0_u8; 16];
    ctx.services.ids().fill(&mut salt);
    ctx.services
        .gates()
        .hasher
        .hash(password, salt)
        .await
        .settle(&ctx.services)
}

/// A sign-in name: 3 to 40 of `a-z 0-9 . _ -`, since it stands in files, logs and commands.
pub(crate) fn check_name(check: &mut Check, username: &str) {
    let length = username.chars().count();
    if username.is_empty() {
        check.add("username", Code::InputRequired);
    } else if length < 3 {
        check.add_with(
            "username",
            Code::InputTooShort,
            &[("min", &3), ("length", &length)],
        );
    } else if length > MAX_NAME {
        check.add_with(
            "username",
            Code::InputTooLong,
            &[("max", &MAX_NAME), ("length", &length)],
        );
    } else if !username
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'))
    {
        check.add("username", Code::InputCharacters);
    }
}

pub(crate) fn check_display(check: &mut Check, name: &str) {
    let length = name.chars().count();
    if name.is_empty() {
        check.add("name", Code::InputRequired);
    } else if length > MAX_NAME {
        check.add_with("name", Code::InputTooLong, &[("max", &MAX_NAME), ("length", &length)]);
    } else if name.chars().any(|c| c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')) {
        check.add("name", Code::InputCharacters);
    }
}
