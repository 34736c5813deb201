//! What the pages of roles and posts read.
//! Not here: what they send (`forms::staff::rights`), the list of accounts for who manages them (`account`).
//! Read next: `services::users::{roles, rights}`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::account::AccountPage;
use shared::account::posts::{PersonPosts, Rights, RoleRow};
use shared::account::readers::ReaderPage;
use shared::personal::PersonalFields;
use shared::personal::looks::PersonalLooks;

use crate::error::AppError;

/// Every role.
#[server(prefix = "/fn", endpoint = "staff/roles", input = Json, output = Json)]
pub async fn read_roles() -> Result<Vec<RoleRow>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::users::roles::list(&ctx).await)
}

/// One role.
#[server(prefix = "/fn", endpoint = "staff/role", input = Json, output = Json)]
pub async fn read_role(code: String) -> Result<RoleRow, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = async {
        let code = shared::access::RoleCode::parse(&code);
        let code = code.ok_or_else(shared::fault::Fault::missing)?;
        services::users::roles::one(&ctx, &code).await
    };
    crate::error::settle(found.await)
}

/// A page of the people in reach, for a query string with `q` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/people", input = Json, output = Json)]
pub async fn read_people(query: String) -> Result<AccountPage, AppError> {
    use services::users::{LookFor, rights};
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let look = LookFor {
        words: value_of(&pairs, "q").map(str::to_owned),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
    };
    crate::error::settle(rights::people(&ctx, look).await)
}

/// Somebody's posts, and what they give together.
#[server(prefix = "/fn", endpoint = "staff/person", input = Json, output = Json)]
pub async fn read_person(name: String) -> Result<(PersonPosts, Rights), AppError> {
    use services::users::rights;

    let ctx = crate::context::use_ctx()?;
    let found = async {
        let posts = rights::posts(&ctx, &name).await?;
        let rights = rights::of(&ctx, &name).await;
        rights.map(|rights| (posts, rights))
    };
    crate::error::settle(found.await)
}

/// Who can see the ticket that a query string names by `no`, from `cursor` on; nothing where it names none.
#[server(prefix = "/fn", endpoint = "staff/readers", input = Json, output = Json)]
pub async fn read_readers(query: String) -> Result<Option<ReaderPage>, AppError> {
    use services::users::readers::{self, LookAt};
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let Some(no) = value_of(&pairs, "no").filter(|no| !no.trim().is_empty()) else {
        return crate::error::settle(ctx.ask(shared::access::needs::READERS)).map(|()| None);
    };
    let look = LookAt {
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
        ..LookAt::first(no.to_owned())
    };
    crate::error::settle(readers::page(&ctx, look).await).map(Some)
}

/// The register of personal fields.
#[server(prefix = "/fn", endpoint = "staff/personal-fields", input = Json, output = Json)]
pub async fn read_personal_fields() -> Result<PersonalFields, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::personal::fields(&ctx).await)
}

/// Who looked at citizens' data, for a query string with `month`, `kind` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/personal-looks", input = Json, output = Json)]
pub async fn read_personal_looks(query: String) -> Result<PersonalLooks, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let value = |name: &str| value_of(&pairs, name).map(str::to_owned);
    let look = services::personal::LookFor {
        month: value("month"),
        kind: value("kind"),
        cursor: value("cursor"),
    };
    crate::error::settle(services::personal::looks(&ctx, look).await)
}
