//! The first account of an empty installation, by a link that works once: it is good only while nobody has an account.
//! It becomes the system administrator, who may then make the one security administrator who grants all other roles (`users`).
//! Not here: the page and printing the link (`app`, `server`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::access::Role;
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use shared::organisation::{Unit, UnitLevel};
use store::roles::Mark;
use store::users::User;

use super::normal_name;
use super::password as passwords;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::reference::SHIPPED_PROVINCE;
use crate::users::check_name;

/// The centre of the province whose divisions are shipped; the root of the organisation.
const ROOT_UNIT: &str = "320000-ZX";
const ROOT_NAME: &str = "12345政务服务便民热线中心";

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

/// Makes the first account and, where there is none, the provincial centre it belongs to.
///
/// # Errors
/// `access.denied` for a wrong or used link; field faults for name and password.
pub async fn set_up(
    services: &Services,
    token: &str,
    username: &str,
    password: &str,
) -> Result<(), Fault> {
    let (given, own) = (token.trim(), link_token(services));
    if aws_lc_rs::constant_time::verify_slices_are_equal(given.as_bytes(), own.as_bytes()).is_err()
    {
        return Err(Fault::denied());
    }
    let username = normal_name(username);
    let mut check = Check::default();
    check_name(&mut check, &username);
    check.finish()?;
    passwords::check(password, &username)?;
    let mut salt = [0_u8; 16];
    services.ids().fill(&mut salt);
    let password_hash = services
        .gates()
        .hasher
        .hash(password, salt)
        .await
        .settle(services)?;
    let now = services.now();
    let user = User {
        id: UserId(services.ids().new_id(now)),
        name: username.clone(),
        username,
        password_hash,
        unit: String::new(),
        active: true,
        version: 1,
        posts: Vec::new(),
        has_factor: false,
        created_at: now,
        updated_at: now,
        password_given: false,
        password_at: Some(now),
        state: shared::account::life::AccountState::Open,
        seen_at: None,
    };
    let mut audit = Ctx::visitor(services).audit("user.set_up", format!("user:{}", user.id), "ok");
    audit.actor = Some(user.id);
    audit.actor_name.clone_from(&user.username);
    services
        .store()
        .write::<_, Failure, _>(move |tx| Box::pin(async move { first(tx, user, audit).await }))
        .await
        .settle(services)?;
    services.bust_reference().await;
    Ok(())
}

async fn first(
    tx: &store::Tx,
    mut user: User,
    audit: store::record::AuditEntry,
) -> Result<(), Failure> {
    if store::users::count(tx).await? > 0 {
        return Err(Fault::denied().into());
    }
    let units = store::units::all(tx).await?;
    user.unit = if let Some(root) = units.iter().find(|unit| unit.parent.is_none()) {
        root.code.clone()
    } else {
        let root = root_unit(
            store::divisions::all(tx)
                .await?
                .into_iter()
                .find(|division| division.code == SHIPPED_PROVINCE)
                .map(|division| division.name),
        );
        store::units::put(tx, &root).await?;
        root.code
    };
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

fn root_unit(province: Option<String>) -> Unit {
    Unit {
        code: ROOT_UNIT.to_owned(),
        name: format!("{}{ROOT_NAME}", province.unwrap_or_default()),
        parent: None,
        path: format!("{ROOT_UNIT}/"),
        level: UnitLevel::ProvinceCentre,
        region: SHIPPED_PROVINCE.to_owned(),
        active: true,
        successor: None,
    }
}
