//! Forms of accounts: the own password, ending sessions, and the link for a new password that an administrator makes.
//! Not here: signing in and using such a link (`forms::session`).
//! No password goes back into a page.

use shared::fault::{Check, Code, Fault};
use shared::ids::{PasskeyId, SessionId};

use services::sessions::{self, factor, passkey};
use services::users;
use services::users::SetPassword;

use crate::forms::{Call, PASSKEY, PASSKEY_OPTIONS, Redirect, Refusal};

/// Changes the own password. Rights may come back with it, so that the page loads anew.
pub(super) async fn password(call: Call) -> Result<Redirect, Refusal> {
    let typed = Typed::of(&call, true)?;
    let command = SetPassword {
        username: None,
        current: Some(typed.current),
        password: typed.password,
    };
    users::set_password(&call.ctx, command).await?;
    Ok(Redirect::to("/account?done=password").anew())
}

/// A new password as it was typed.
pub(in crate::forms) struct Typed {
    current: String,
    /// The new one.
    pub(in crate::forms) password: String,
}

impl Typed {
    /// Both times the same, and nothing empty.
    pub(in crate::forms) fn of(call: &Call, with_current: bool) -> Result<Self, Fault> {
        let field = |name: &str| call.fields.get(name).unwrap_or_default().to_owned();
        let typed = Self {
            current: field("current"),
            password: field("password"),
        };
        let mut check = Check::default();
        if with_current && typed.current.is_empty() {
            check.add("current", Code::InputRequired);
        }
        if typed.password.is_empty() {
            check.add("password", Code::InputRequired);
        } else if typed.password != field("password_again") {
            check.add("password_again", Code::PasswordDiffers);
        }
        check.finish().map(|()| typed)
    }
}

/// Ends one of the own sessions.
pub(super) async fn end(call: Call) -> Result<Redirect, Refusal> {
    let id: SessionId = call.param(0)?;
    sessions::end_own(&call.ctx, id).await?;
    Ok(Redirect::to("/account/sessions?done=end"))
}

/// Ends all own sessions but this one.
pub(super) async fn end_others(call: Call) -> Result<Redirect, Refusal> {
    sessions::end_others(&call.ctx).await?;
    Ok(Redirect::to("/account/sessions?done=end"))
}

/// Makes a link for somebody: it comes back in the form, and is shown this once.
pub(super) async fn reset(call: Call) -> Result<Redirect, Refusal> {
    let name: String = call.param(0)?;
    let made = users::make_reset(&call.ctx, &name).await?;
    Err(Refusal::Again(vec![
        ("link".to_owned(), made.link),
        ("until".to_owned(), made.expires_at.0.to_string()),
    ]))
}

/// Ends a session of somebody.
pub(super) async fn end_of(call: Call) -> Result<Redirect, Refusal> {
    let (name, id): (String, SessionId) = (call.param(0)?, call.param(1)?);
    sessions::end_of(&call.ctx, &name, id).await?;
    Ok(back(&name))
}

/// Ends all sessions of somebody.
pub(super) async fn end_all(call: Call) -> Result<Redirect, Refusal> {
    let name: String = call.param(0)?;
    sessions::end_all_of(&call.ctx, &name).await?;
    Ok(back(&name))
}

fn back(name: &str) -> Redirect {
    Redirect::to(format!("/staff/accounts/{name}?done=end"))
}

/// Tells a linked platform again how an account is.
pub(super) async fn push(call: Call) -> Result<Redirect, Refusal> {
    services::scim::out::again(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to("/staff/platforms?done=push"))
}

/// Makes a new key for access tokens, with an overlap or at once.
pub(super) async fn rotate(call: Call) -> Result<Redirect, Refusal> {
    let at_once = call.fields.ticked("at_once");
    sessions::rotate(&call.ctx, at_once).await?;
    Ok(Redirect::to("/staff/keys?done=rotate"))
}

/// Begins to set the own second factor up.
pub(super) async fn begin_factor(call: Call) -> Result<Redirect, Refusal> {
    factor::begin(&call.ctx).await?;
    Ok(Redirect::to("/account/factor"))
}

/// Confirms it by its first code: the recovery codes come back in the form, and are shown this once.
pub(super) async fn confirm_factor(call: Call) -> Result<Redirect, Refusal> {
    let codes = factor::confirm(&call.ctx, &call.fields.text("factor_code")).await?;
    let fields = codes.into_iter().map(|code| ("recovery".to_owned(), code));
    Err(Refusal::Again(fields.collect()))
}

/// Makes new recovery codes: they come back in the form, and are shown this once.
pub(super) async fn renew_codes(call: Call) -> Result<Redirect, Refusal> {
    let codes = factor::renew_codes(&call.ctx).await?;
    let fields = codes.into_iter().map(|code| ("recovery".to_owned(), code));
    Err(Refusal::Again(fields.collect()))
}

/// Removes it.
pub(super) async fn remove_factor(call: Call) -> Result<Redirect, Refusal> {
    factor::remove(&call.ctx).await?;
    Ok(Redirect::to("/account/factor").anew())
}

/// Adds a passkey: first the browser is asked to make one, then it comes with the same form. With the first factor recovery codes come back
/// in it, and are shown this once.
pub(super) async fn add_passkey(call: Call) -> Result<Redirect, Refusal> {
    let (name, answer) = (call.fields.text("passkey_name"), call.fields.text(PASSKEY));
    if answer.is_empty() {
        let options = passkey::begin_add(&call.ctx, &name).await?;
        return Err(Refusal::Again(vec![
            ("passkey_name".to_owned(), name),
            (PASSKEY_OPTIONS.to_owned(), options),
        ]));
    }
    let codes = passkey::finish_add(&call.ctx, &name, &answer).await?;
    if codes.is_empty() {
        return Ok(Redirect::to("/account/factor?done=passkey"));
    }
    let fields = codes.into_iter().map(|code| ("recovery".to_owned(), code));
    Err(Refusal::Again(fields.collect()))
}

/// Gives an own passkey another name.
pub(super) async fn rename_passkey(call: Call) -> Result<Redirect, Refusal> {
    let id: PasskeyId = call.param(0)?;
    passkey::rename(&call.ctx, id, &call.fields.text("passkey_name")).await?;
    Ok(Redirect::to("/account/factor"))
}

/// Removes an own passkey.
pub(super) async fn remove_passkey(call: Call) -> Result<Redirect, Refusal> {
    let id: PasskeyId = call.param(0)?;
    passkey::remove(&call.ctx, id).await?;
    Ok(Redirect::to("/account/factor").anew())
}

/// Removes whatever somebody has.
pub(super) async fn reset_factor(call: Call) -> Result<Redirect, Refusal> {
    let name: String = call.param(0)?;
    factor::reset_of(&call.ctx, &name).await?;
    Ok(back(&name))
}
