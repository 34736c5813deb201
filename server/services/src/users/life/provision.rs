//! What an identity management does to accounts: asks for them or has them made without posts, freezes them at once, ends them.
//! Not here: reading what it sent (`scim`). No right is given here: posts are asked for, approved and granted by people.
//! An account that cannot end yet, because tasks hang on it, is frozen, and its end is asked for.

use shared::access::Scope;
use shared::account::life::{AccountAct, AccountEvent, AccountRequestState, AccountState};
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use store::Tx;
use store::life::{AccountLine, AccountRequest};
use store::users::User;

use super::ask::{AskAccount, blank, ended, noted};
use super::{carry, freeze, line, view};
use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::users::{check_display, check_name, hash, taken};

/// Why, in requests and histories.
const WHY: &str = "统一身份同步";

/// Somebody new.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Sign-in name, in its normal form.
    pub(crate) username: String,
    /// Display name.
    pub(crate) name: String,
    /// Code of the unit.
    pub(crate) unit: String,
}

impl Person {
    /// Whether an account could be made of it in this scope.
    ///
    /// # Errors
    /// Field faults, by the names of SCIM.
    pub(crate) fn check(&self, scope: &Scope, reference: &Reference) -> Result<(), Fault> {
        let mut check = Check::default();
        check_name(&mut check, &self.username);
        check_display(&mut check, &self.name);
        let unit = reference.units.get(&self.unit);
        let fits = unit.is_some_and(|unit| unit.active);
        if !fits || !view::reaches(scope, reference, &self.unit) {
            check.add("unit", Code::InputUnit);
        }
        check.finish()
    }
}

/// A request about an account or for one.
fn request(
    ctx: &Ctx,
    kind: AccountAct,
    person: &Person,
    user: Option<UserId>,
) -> Result<AccountRequest, Fault> {
    let asked = AskAccount {
        kind,
        username: String::new(),
        name: None,
        unit: None,
        posts: Vec::new(),
        reason: WHY.to_owned(),
        heir: None,
    };
    Ok(AccountRequest {
        user_id: user,
        username: person.username.clone(),
        name: person.name.clone(),
        unit: person.unit.clone(),
        ..blank(ctx, &asked)?
    })
}

/// Whose account it is.
fn person(user: &User) -> Person {
    Person {
        username: user.username.clone(),
        name: user.name.clone(),
        unit: user.unit.clone(),
    }
}

/// Asks for a new account without posts. The account will have the id of the request.
///
/// # Errors
/// `account.request_open`; at `username` when there is an account.
pub(crate) async fn ask_open(ctx: &Ctx, tx: &Tx, new: &Person) -> Result<AccountRequest, Failure> {
    if store::users::find_by_name(tx, &new.username)
        .await?
        .is_some()
    {
        return Err(Fault::field("username", Code::InputTaken).into());
    }
    if let Some(first) = store::life::open_of(tx, &new.username).await?.first() {
        return Err(Fault::new(Code::AccountRequestOpen)
            .fact("act", first.kind)
            .into());
    }
    let request = request(ctx, AccountAct::Open, new, None)?;
    noted(ctx, tx, request.clone()).await?;
    Ok(request)
}

/// An account without posts, and with a password that nobody knows: whoever gets it needs a link of an administrator, or a linked identity.
///
/// # Errors
/// Of hashing.
pub(crate) async fn fresh(ctx: &Ctx, new: Person) -> Result<User, Fault> {
    let now = ctx.now();
    let mut secret = [0_u8; 32];
    ctx.services.ids().fill(&mut secret);
    let id = UserId(ctx.services.ids().new_id(now));
    let password = hash(ctx, &hex::encode(secret)).await?;
    let names = (new.username, new.name);
    Ok(User::begun((id, now), names, new.unit, password))
}

/// Makes such an account.
///
/// # Errors
/// At `username` when it is taken; `account.request_open` while it is asked for.
pub(crate) async fn make(ctx: &Ctx, tx: &Tx, user: &User) -> Result<(), Failure> {
    if let Some(first) = store::life::open_of(tx, &user.username).await?.first() {
        return Err(Fault::new(Code::AccountRequestOpen)
            .fact("act", first.kind)
            .into());
    }
    store::users::insert(tx, user).await.map_err(taken)?;
    let made = AccountLine {
        reason: Some(WHY.to_owned()),
        facts: [("unit".to_owned(), user.unit.clone())].into(),
        ..line(ctx, user.id, AccountEvent::Made)
    };
    Ok(store::life::add(tx, &made).await?)
}

/// Freezes an open account at once; its sessions end.
///
/// # Errors
/// `account.self`, `role.last`.
pub(crate) async fn stop(ctx: &Ctx, tx: &Tx, user: &User) -> Result<(), Failure> {
    if ctx.actor.user() == Some(user.id) {
        return Err(Fault::new(Code::AccountSelf).into());
    }
    freeze::stop(ctx, tx, user, WHY).await
}

/// Asks that a frozen account works again, unless something is asked about it already: people decide.
///
/// # Errors
/// Of the store.
pub(crate) async fn ask_resume(ctx: &Ctx, tx: &Tx, user: &User) -> Result<(), Failure> {
    let open = store::life::open_of(tx, &user.username).await?;
    if open.iter().any(|it| it.kind != AccountAct::Grant) {
        return Ok(());
    }
    let request = request(ctx, AccountAct::Resume, &person(user), Some(user.id))?;
    noted(ctx, tx, request).await
}

/// Ends an account by the rules of its life. With open tasks it is frozen and its end is asked for: whether it has ended.
///
/// # Errors
/// `account.self`, `role.last`.
pub(crate) async fn end(ctx: &Ctx, tx: &Tx, user: &User) -> Result<bool, Failure> {
    if ctx.actor.user() == Some(user.id) {
        return Err(Fault::new(Code::AccountSelf).into());
    }
    match carry::stop(ctx, tx, (user, None), AccountState::Closed).await {
        Ok(()) => Ok(true),
        Err(Failure::Fault(fault)) if fault.code == Code::AccountTasks => {
            if user.state == AccountState::Open {
                freeze::stop(ctx, tx, user, WHY).await?;
            }
            let open = store::life::open_of(tx, &user.username).await?;
            if open.iter().all(|it| it.kind == AccountAct::Grant) {
                let request = request(ctx, AccountAct::Cancel, &person(user), Some(user.id))?;
                noted(ctx, tx, request).await?;
            }
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// Takes back a request of one's own for a new account.
///
/// # Errors
/// `account.request_not_now`.
pub(crate) async fn withdraw_open(
    ctx: &Ctx,
    tx: &Tx,
    mut request: AccountRequest,
) -> Result<(), Failure> {
    let version = request.version;
    let at = (&mut request, version);
    ended(ctx, tx, at, AccountRequestState::Withdrawn).await
}
