//! The first account of an empty installation, by a link that works once: it is good only while nobody has an account.
//! It becomes the system administrator, who may then make the one security administrator who grants all other roles (`users`).
//! Not here: what else the first visit sets up (`setup::begin`), the page and printing the link (`app`, `server`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::access::Role;
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use store::roles::Mark;
use store::users::User;

use super::normal_name;
use super::password as passwords;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::register::{self, OneList};
use crate::users::check_name;

/// The token of the set-up link, or nothing once there is an account. The same until then, so that a restart does not void a printed link.
pub async fn set_up_token(services: &Services) -> Result<Option<String>, Fault> {
    let is_empty = store::users::count(&services.store().reader())
        .await
        .settle(services)?
        == 0;
    Ok(is_empty.then(|| link_token(services)))
}

fn link_token(services: &Services) -> String {
    URL_SAFE_NO_PAD.encode(services.keys().mac("set-up", "first account"))
}

/// The first account as it will be.
pub(crate) struct FirstAccount {
    pub(crate) username: String,
    /// Display name.
    pub(crate) name: String,
    pub(crate) password: String,
    /// Code of the centre.
    pub(crate) unit: String,
    /// The centre in the list of units, where it comes or changes.
    pub(crate) lists: Vec<OneList>,
}

/// Whether the link is that of this installation; whether it was used is told when the account is made.
///
/// # Errors
/// `access.denied` for another one.
pub(crate) fn check_link(services: &Services, token: &str) -> Result<(), Fault> {
    let (given, own) = (token.trim(), link_token(services));
    if aws_lc_rs::constant_time::verify_slices_are_equal(given.as_bytes(), own.as_bytes()).is_err()
    {
        return Err(Fault::denied());
    }
    Ok(())
}

/// Makes the first account together with its centre.
///
/// # Errors
/// `access.denied` for a wrong or used link; field faults for name and password.
pub(crate) async fn first_account(
    services: &Services,
    token: &str,
    first: FirstAccount,
) -> Result<(), Fault> {
    check_link(services, token)?;
    let username = normal_name(&first.username);
    let mut check = Check::default();
    check_name(&mut check, &username);
    check.finish()?;
    passwords::check(&first.password, &username)?;
    let mut salt = [0_u8; 16];
    services.ids().fill(&mut salt);
    let password_hash = services
        .gates()
        .hasher
        .hash(&first.password, salt)
        .await
        .settle(services)?;
    let now = services.now();
    let id = UserId(services.ids().new_id(now));
    let user = User {
        password_given: false,
        ..User::begun((id, now), (username, first.name), first.unit, password_hash)
    };
    let mut audit = Ctx::visitor(services).audit("user.set_up", format!("user:{}", user.id), "ok");
    audit.actor = Some(user.id);
    audit.actor_name.clone_from(&user.username);
    let lists = first.lists;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (user, lists, audit) = (user.clone(), lists.clone(), audit.clone());
            Box::pin(async move { write(tx, user, (lists, audit)).await })
        })
        .await
        .settle(services)?;
    services.bust_reference().await;
    Ok(())
}

async fn write(
    tx: &store::Tx,
    mut user: User,
    (lists, audit): (Vec<OneList>, store::record::AuditEntry),
) -> Result<(), Failure> {
    if store::users::count(tx).await? > 0 {
        return Err(Fault::denied().into());
    }
    register::write(tx, &lists).await?;
    let given = Mark {
        by: None,
        name: None,
        at: user.created_at,
    };
    user.begin_with(&[Role::SystemAdmin], &given);
    store::users::insert(tx, &user)
        .await
        .map_err(|error| match error {
            store::StoreError::Exists(_) => {
                Failure::Fault(Fault::field("username", Code::InputTaken))
            }
            other => other.into(),
        })?;
    Ok(store::audit::append(tx, &audit).await?)
}
