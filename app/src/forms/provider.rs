//! Forms of signing in by an identity provider: going there to sign in or to link, and taking links away.
//! Not here: what the provider sends people back with (a route of the server), the page of the provider.
//! Who goes there leaves through a page of ours: policies of browsers let no form lead to another house.

use std::borrow::Cow;

use services::sessions::provider::{self, Purpose};
use services::tries::Try;
use shared::access::{Need, needs};

use super::{Answer, Call, Files, FormRoute, Redirect, Refusal, local_path};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    FormRoute {
        pattern: Cow::Borrowed("/sign-in/provider"),
        need: Need::Nothing,
        files: Files::None,
        tries: Some(Try::SignIn),
        run: |call| -> Answer { Box::pin(sign_in(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/account/provider"),
        need: needs::OWN,
        files: Files::None,
        tries: Some(Try::SignIn),
        run: |call| -> Answer { Box::pin(link(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/account/provider/{id}/remove"),
        need: needs::OWN,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(unlink(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/staff/accounts/{name}/link"),
        need: needs::RESETS,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(link_of(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/staff/accounts/{name}/unlink"),
        need: needs::RESETS,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(unlink_of(call)) },
    },
];

/// Goes to the provider to sign in.
async fn sign_in(call: Call) -> Result<Redirect, Refusal> {
    let next = local_path(call.fields.get("next").unwrap_or_default());
    let to = provider::begin(&call.ctx, Purpose::SignIn, next).await?;
    Ok(Redirect::to(to).anew())
}

/// Goes there to link the identity to the own account.
async fn link(call: Call) -> Result<Redirect, Refusal> {
    let to = provider::begin(&call.ctx, Purpose::Link, "/account/provider").await?;
    Ok(Redirect::to(to).anew())
}

/// Takes an own identity away.
async fn unlink(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    provider::unlink(&call.ctx, id).await?;
    Ok(Redirect::to("/account/provider?done=unlinked"))
}

/// Links an identity to somebody's account.
async fn link_of(call: Call) -> Result<Redirect, Refusal> {
    let name: String = call.param(0)?;
    provider::link_of(&call.ctx, &name, &call.fields.text("subject")).await?;
    Ok(Redirect::to(format!("/staff/accounts/{name}")))
}

/// Takes the identities of somebody's account away.
async fn unlink_of(call: Call) -> Result<Redirect, Refusal> {
    let name: String = call.param(0)?;
    provider::unlink_of(&call.ctx, &name).await?;
    Ok(Redirect::to(format!("/staff/accounts/{name}?done=end")))
}
