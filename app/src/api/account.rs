//! What the pages of accounts read: one's own sessions, and for who manages accounts the list and one account.
//! Not here: what the pages send (`forms::staff::account`), the own unit and rights (`staff`).
//! Read next: `services::sessions`, `services::users`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::account::life::{AccountRequestDetail, AccountRequestPage};
use shared::account::passkey::SecondView;
use shared::account::provider::OwnIdentities;
use shared::account::review::{ReviewHead, ReviewSheet};
use shared::account::stand_in::StandInView;
use shared::account::{AccountPage, AccountSheet, FactorView, SessionKeyView, SessionView};
use shared::ticket::view::Named;

use crate::error::AppError;

/// The reader's own sessions, the newest first.
#[server(prefix = "/fn", endpoint = "staff/own-sessions", input = Json, output = Json)]
pub async fn read_own_sessions() -> Result<Vec<SessionView>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::sessions::own(&ctx).await)
}

/// A page of accounts, for a query string with `q` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/accounts", input = Json, output = Json)]
pub async fn read_accounts(query: String) -> Result<AccountPage, AppError> {
    use services::users::{self, LookFor};
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let look = LookFor {
        words: value_of(&pairs, "q").map(str::to_owned),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
    };
    crate::error::settle(users::page(&ctx, look).await)
}

/// One account with its sessions.
#[server(prefix = "/fn", endpoint = "staff/account", input = Json, output = Json)]
pub async fn read_account(name: String) -> Result<AccountSheet, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::users::sheet(&ctx, &name).await)
}

/// The keys that sign access tokens, the newest first.
#[server(prefix = "/fn", endpoint = "staff/session-keys", input = Json, output = Json)]
pub async fn read_session_keys() -> Result<Vec<SessionKeyView>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::sessions::session_keys(&ctx).await)
}

/// The reader's second factor, with what is being set up.
#[server(prefix = "/fn", endpoint = "staff/own-factor", input = Json, output = Json)]
pub async fn read_own_factor() -> Result<FactorView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::sessions::factor::own(&ctx).await)
}

/// With what the reader can take the second step of signing in, or prove to be himself.
#[server(prefix = "/fn", endpoint = "staff/second-ways", input = Json, output = Json)]
pub async fn read_second_ways() -> Result<SecondView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::sessions::factor::ways(&ctx).await)
}

/// A page of requests about accounts, for a query string with `ended` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/account-requests", input = Json, output = Json)]
pub async fn read_account_requests(query: String) -> Result<AccountRequestPage, AppError> {
    use services::users::life::{self, LookForRequests};
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let look = LookForRequests {
        ended: value_of(&pairs, "ended").is_some(),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
    };
    crate::error::settle(life::requests(&ctx, look).await)
}

/// A request about an account, with what hangs on its holder.
#[server(prefix = "/fn", endpoint = "staff/account-request", input = Json, output = Json)]
pub async fn read_account_request(id: String) -> Result<AccountRequestDetail, AppError> {
    let ctx = crate::context::use_ctx()?;
    let read = async {
        let id = id.parse()?;
        services::users::life::detail(&ctx, id).await
    };
    crate::error::settle(read.await)
}

/// The stand-ins that the reader has to do with.
#[server(prefix = "/fn", endpoint = "staff/stand-ins", input = Json, output = Json)]
pub async fn read_stand_ins() -> Result<Vec<StandInView>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::users::life::stand_ins(&ctx).await)
}

/// The newest reviews of accounts in the reader's reach.
#[server(prefix = "/fn", endpoint = "staff/reviews", input = Json, output = Json)]
pub async fn read_reviews() -> Result<Vec<ReviewHead>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::users::life::reviews(&ctx).await)
}

/// A review of accounts with its people.
#[server(prefix = "/fn", endpoint = "staff/review", input = Json, output = Json)]
pub async fn read_review(id: String) -> Result<ReviewSheet, AppError> {
    let ctx = crate::context::use_ctx()?;
    let read = async {
        let id = id.parse()?;
        services::users::life::review(&ctx, id).await
    };
    crate::error::settle(read.await)
}

/// The roles that can be asked for.
#[server(prefix = "/fn", endpoint = "staff/post-choices", input = Json, output = Json)]
pub async fn read_post_choices() -> Result<Vec<Named>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::users::life::choices(&ctx).await)
}

/// Whether people can sign in by a provider.
#[server(prefix = "/fn", endpoint = "public/provider", input = Json, output = Json)]
pub async fn read_provider() -> Result<bool, AppError> {
    let ctx = crate::context::use_ctx()?;
    Ok(services::sessions::provider::is_there(&ctx.services))
}

/// The reader's own identities.
#[server(prefix = "/fn", endpoint = "staff/own-identities", input = Json, output = Json)]
pub async fn read_own_identities() -> Result<OwnIdentities, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::sessions::provider::own(&ctx).await)
}
