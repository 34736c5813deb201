//! Accounts: making them, passwords, roles, blocking. Three administrators keep each other in check (三员分立, `domain.md` 9):
//! the system administrator makes accounts, the security administrator grants roles, the auditor reads; none holds another post.
//! Not here: signing in (`sessions`), what a role may (`shared::access`).

mod roles;

use serde::{Deserialize, Serialize};
use shared::access::{Permission, Role};
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use store::users::User;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::sessions::{account_subject, normal_name, password};
use crate::watch::watched;

pub use roles::{grant_role, revoke_role};

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
    pub password: String,
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
    pub roles: Vec<Role>,
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
    password::check(&command.password, &username)?;
    roles::check_set(&command.roles)?;
    let now = ctx.now();
    let user = User {
        id: UserId(ctx.services.ids().new_id(now)),
        username,
        name,
        password_hash: hash(ctx, &command.password).await?,
        unit: command.unit,
        active: true,
        version: 1,
        roles: command.roles,
        created_at: now,
        updated_at: now,
    };
    let id = user.id;
    let mut audit = ctx.audit(Permission::UserManage.code(), format!("user:{id}"), "ok");
    audit
        .facts
        .insert("username".to_owned(), user.username.clone());
    audit.facts.insert("unit".to_owned(), user.unit.clone());
    audit
        .facts
        .insert("roles".to_owned(), roles::words(&user.roles));
    let actor = ctx.actor.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                roles::may_give(&actor, tx, &user.roles).await?;
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

/// A new password.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// Whose; the caller's own when absent.
    #[serde(default)]
    pub username: Option<String>,
    /// The present one; asked of everybody who changes the own password.
    #[serde(default)]
    pub current: Option<String>,
    pub password: String,
}

/// Sets a password: one's own with the present one, somebody else's with the right to manage accounts. All sessions of the account end.
///
/// # Errors
/// `session.wrong` when the present password is not right, `password.weak`, `not_found`.
pub async fn set_password(ctx: &Ctx, command: SetPassword) -> Result<(), Fault> {
    let username = command.username.as_deref().map(normal_name);
    let is_own = username.is_none() || username.as_deref() == Some(ctx.actor.username.as_str());
    let user = if is_own {
        let id = ctx
            .actor
            .user()
            .ok_or_else(|| Fault::new(Code::SignedOut))?;
        store::users::find(&ctx.services.store().reader(), id)
            .await
            .settle(&ctx.services)?
    } else {
        require(ctx, Permission::UserManage).await?;
        store::users::find_by_name(
            &ctx.services.store().reader(),
            username.as_deref().unwrap_or_default(),
        )
        .await
        .settle(&ctx.services)?
    };
    let user = user.ok_or_else(Fault::missing)?;
    if is_own && !ctx.actor.is_system() {
        let current = command.current.unwrap_or_default();
        if !ctx
            .services
            .gates()
            .hasher
            .verify(&current, Some(user.password_hash.clone()))
            .await
            .settle(&ctx.services)?
        {
            return Err(Fault::field("current", Code::SignInWrong));
        }
    }
    password::check(&command.password, &user.username)?;
    let (id, now, password_hash) = (user.id, ctx.now(), hash(ctx, &command.password).await?);
    // Who has set somebody else's password may have done so because a device was lost.
    let forget = (!is_own).then(|| account_subject(&ctx.services, &user.username));
    let (keep, audit) = (
        ctx.session.filter(|_| is_own),
        ctx.audit("user.password", format!("user:{id}"), "ok"),
    );
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::users::set_password(tx, id, &password_hash, now).await?;
                if let Some(subject) = &forget {
                    store::devices::forget(tx, subject).await?;
                }
                store::sessions::revoke_of_user(tx, id, keep, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

/// Opens or closes an account; a closed one is signed out everywhere at once. Nobody closes the own account.
pub async fn set_active(ctx: &Ctx, username: &str, active: bool) -> Result<(), Fault> {
    require(ctx, Permission::UserManage).await?;
    let username = normal_name(username);
    if username == ctx.actor.username {
        return Err(Fault::denied());
    }
    let (now, mut audit) = (ctx.now(), ctx.audit("user.active", "user", "ok"));
    audit.facts.insert("active".to_owned(), active.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let user = store::users::find_by_name(tx, &username)
                    .await?
                    .ok_or_else(Fault::missing)?;
                store::users::set_active(tx, user.id, active, now).await?;
                if !active {
                    store::sessions::revoke_of_user(tx, user.id, None, now).await?;
                }
                audit.object = format!("user:{}", user.id);
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
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
            username: user.username,
            name: user.name,
            unit_name: reference.unit(&user.unit).name,
            unit: user.unit,
            active: user.active,
            roles: user.roles,
        })
        .collect())
}

/// Whether the actor holds the permission; that somebody asked without it stands in the audit.
pub(super) async fn require(ctx: &Ctx, permission: Permission) -> Result<(), Fault> {
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

fn check_display(check: &mut Check, name: &str) {
    let length = name.chars().count();
    if name.is_empty() {
        check.add("name", Code::InputRequired);
    } else if length > MAX_NAME {
        check.add_with("name", Code::InputTooLong, &[("max", &MAX_NAME), ("length", &length)]);
    } else if name.chars().any(|c| c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')) {
        check.add("name", Code::InputCharacters);
    }
}
