//! The one place where setting up deals with accounts and posts: whether somebody can have one, making it with a link for one use, who holds what.
//! Not here: the rules themselves (`users`).
//! Nobody ever sees the first password of an account that is made here: its owner chooses one by the link.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::access::{Grants, Permission, PostState, Role, RoleCode, needs};
use shared::account::ResetLink;
use shared::calendar::Instant;
use shared::fault::{Check, Fault};
use store::users::User;

use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::sessions::normal_name;
use crate::users::{self, Create};

/// Random bytes of a password that nobody will use.
const SECRET: usize = 24;

/// Somebody who gets an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) username: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) roles: Vec<Role>,
}

impl Person {
    /// With names in the one way in which they are kept.
    pub(super) fn of(username: &str, name: &str, unit: &str, roles: Vec<Role>) -> Self {
        Self {
            username: normal_name(username),
            name: shared::input::line(name),
            unit: unit.to_owned(),
            roles,
        }
    }

    /// What of the names and the roles no account may have; the unit is not looked at.
    pub(super) fn judge(&self) -> Result<(), Fault> {
        let mut check = Check::default();
        users::check_name(&mut check, &self.username);
        users::check_display(&mut check, &self.name);
        check.finish()?;
        users::check_set(&self.roles)
    }
}

/// A post, or somebody without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holder {
    /// Code of the unit.
    pub(super) unit: String,
    /// The shipped roles whose tasks it does: copies and own roles do those of what they were made for.
    tasks: Vec<Role>,
    grants: Grants,
    /// The password is still somebody else's; said once a person.
    pub(super) waits: bool,
}

impl Holder {
    /// Whether it does the tasks of a shipped role.
    pub(super) fn does(&self, role: Role) -> bool {
        self.tasks.contains(&role)
    }

    /// Whether its role gives a permission, however far.
    pub(super) fn holds(&self, permission: Permission) -> bool {
        self.grants.of(permission).is_some()
    }
}

/// The posts of everybody whose account is open.
pub(super) async fn holders(services: &Services) -> Result<Vec<Holder>, Failure> {
    let all = store::users::list(&services.store().reader()).await?;
    let open = all.into_iter().filter(|user| user.active);
    let now = services.now();
    Ok(open.flat_map(|user| of_user(user, now)).collect())
}

/// Posts that hold today; one that only waits for its holder's second factor counts, since the first sign-in brings that.
fn of_user(user: User, now: Instant) -> Vec<Holder> {
    let states = user.states(now);
    let holds = |state: &PostState| matches!(state, PostState::Holds | PostState::NoFactor);
    let held = user.posts.iter().zip(&states);
    let held = held.filter(|(_, state)| holds(state));
    let mut posts: Vec<Holder> = held
        .map(|(post, _)| Holder {
            unit: post.row.unit.clone(),
            tasks: post
                .spec
                .as_ref()
                .map_or_else(Vec::new, |spec| spec.tasks.clone()),
            grants: post.grants(),
            waits: false,
        })
        .collect();
    if posts.is_empty() {
        posts.push(Holder {
            unit: user.unit,
            tasks: Vec::new(),
            grants: Grants::default(),
            waits: false,
        });
    }
    if let Some(first) = posts.first_mut() {
        first.waits = user.password_given;
    }
    posts
}

/// The accounts of these names that there are.
pub(super) async fn known(
    services: &Services,
    names: &[String],
) -> Result<BTreeMap<String, Person>, Failure> {
    let found = store::users::named(&services.store().reader(), names).await?;
    Ok(found
        .into_iter()
        .map(|user| {
            let roles = user.roles();
            let shipped = roles.iter().filter_map(RoleCode::shipped);
            // In the order in which those of a file stand.
            let mut roles: Vec<Role> = shipped.collect();
            roles.sort_unstable();
            let person = Person {
                username: user.username.clone(),
                roles,
                name: user.name,
                unit: user.unit,
            };
            (user.username, person)
        })
        .collect())
}

/// Makes an account and the link by which its owner chooses a password.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, field faults.
pub(super) async fn make(ctx: &Ctx, person: &Person) -> Result<ResetLink, Fault> {
    // Asked before the account is made, so that none is left without its link.
    ctx.ask(needs::RESETS)?;
    let mut secret = [0_u8; SECRET];
    ctx.services.ids().fill(&mut secret);
    let command = Create {
        username: person.username.clone(),
        name: person.name.clone(),
        unit: person.unit.clone(),
        password: format!("Aa1-{}", URL_SAFE_NO_PAD.encode(secret)),
        given: true,
        roles: person.roles.clone(),
    };
    users::create(ctx, command).await?;
    users::make_reset(ctx, &person.username).await
}
