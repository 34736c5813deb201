//! Forms about the visit itself: sign in and out, the one-time set-up, language and text size.
//! Not here: cookies (`Keep` says which, the server writes them), the account page's forms and what the first visit sets up (`staff`).
//! Read next: `services::sessions`.

use std::borrow::Cow;

use services::tries::Try;
use shared::access::{Need, needs};
use shared::fault::{Check, Code, Fault};
use shared::text::Locale;

use super::staff::account::Typed;
use super::{
    Answer, Call, Files, FormRoute, Keep, PASSKEY, PASSKEY_OPTIONS, Redirect, Refusal, WAY,
    local_path,
};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    FormRoute {
        pattern: Cow::Borrowed("/sign-in"),
        need: Need::Nothing,
        files: Files::None,
        tries: Some(Try::SignIn),
        run: |call| -> Answer { Box::pin(sign_in(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/sign-in/code"),
        need: needs::SECOND,
        files: Files::None,
        tries: Some(Try::SignIn),
        run: |call| -> Answer { Box::pin(second(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/sign-out"),
        need: Need::Nothing,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(sign_out(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/set-up"),
        need: Need::Nothing,
        files: Files::None,
        tries: Some(Try::SignIn),
        run: |call| -> Answer { Box::pin(super::staff::setup::begin(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/reset"),
        need: Need::Nothing,
        files: Files::None,
        tries: Some(Try::SignIn),
        run: |call| -> Answer { Box::pin(reset(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/language"),
        need: Need::Nothing,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(language(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/text-size"),
        need: Need::Nothing,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(text_size(call)) },
    },
];

async fn sign_in(call: Call) -> Result<Redirect, Refusal> {
    let Call {
        ctx, mut fields, ..
    } = call;
    let password = fields.get("password").unwrap_or_default().to_owned();
    // A password never goes back into a page.
    fields.remove("password");
    let mut check = Check::default();
    let username = fields.text("username");
    if username.is_empty() {
        check.add("username", Code::InputRequired);
    }
    if password.is_empty() {
        check.add("password", Code::InputRequired);
    }
    let next = local_path(fields.get("next").unwrap_or_default()).to_owned();
    let result = match check.finish() {
        Ok(()) => {
            services::sessions::sign_in(&ctx, services::sessions::SignIn { username, password })
                .await
        }
        Err(fault) => Err(fault),
    };
    match result {
        Ok(signed_in) => {
            let to = way_on(&signed_in.actor, &next);
            Ok(Redirect::to(to).keep(Keep::SignIn(Box::new(signed_in))))
        }
        Err(fault) => Err(Refusal::FaultWith(fault, fields.into_pairs())),
    }
}

/// Where somebody goes who has just signed in: to what has to be done first, to the page that was asked for, or to where the work begins.
pub fn way_on(actor: &shared::access::Actor, next: &str) -> String {
    match actor.held {
        Some(held) => held.page().to_owned(),
        None if local_path(next) == "/" => landing(actor),
        None => local_path(next).to_owned(),
    }
}

/// Gives the second factor: a passkey's answer, or a code; or asks for the passkey.
async fn second(call: Call) -> Result<Redirect, Refusal> {
    use services::sessions::{factor, passkey};

    let Call {
        ctx, mut fields, ..
    } = call;
    let (typed, answer) = (fields.text("factor_code"), fields.text(PASSKEY));
    fields.remove("factor_code");
    fields.remove(PASSKEY);
    let signed_in = if !answer.is_empty() {
        passkey::second(&ctx, &answer).await
    } else if !typed.is_empty() {
        factor::second(&ctx, &typed).await
    } else if fields.get(WAY).is_some() {
        let options = passkey::begin(&ctx).await?;
        return Err(Refusal::Again(vec![(PASSKEY_OPTIONS.to_owned(), options)]));
    } else {
        return Err(Fault::field("factor_code", Code::InputRequired).into());
    };
    match signed_in {
        Ok(signed_in) => {
            let held = signed_in.actor.held.map(|held| held.page().to_owned());
            let to = held.unwrap_or_else(|| landing(&signed_in.actor));
            Ok(Redirect::to(to).keep(Keep::SignIn(Box::new(signed_in))))
        }
        Err(fault) => Err(Refusal::FaultWith(fault, fields.into_pairs())),
    }
}

/// Where a person's work begins: the desk for agents, the report for those who only read, posts for who gives them, else the to-dos.
fn landing(actor: &shared::access::Actor) -> String {
    use shared::access::Role;

    let only = |roles: &[Role]| {
        let mut tasks = actor.posts.iter().flat_map(|post| &post.tasks).peekable();
        tasks.peek().is_some() && tasks.all(|role| roles.contains(role))
    };
    let path = if only(&[Role::Agent, Role::ShiftLead]) {
        "/desk"
    } else if only(&[Role::Analyst, Role::Supervisor, Role::CentreLeader]) {
        "/reports/overview"
    } else if needs::TICKETS.is_met_by(actor) {
        "/tasks"
    } else if needs::ROLE_LIST.is_met_by(actor) {
        "/office/people"
    } else {
        "/account"
    };
    path.to_owned()
}

async fn sign_out(call: Call) -> Result<Redirect, Refusal> {
    // Whoever signed in by a provider goes on there to sign out there as well.
    let onward = services::sessions::provider::leave(&call.ctx).await;
    if call.ctx.session.is_some() {
        services::sessions::sign_out(&call.ctx).await?;
    }
    let to = onward.unwrap_or_else(|| "/".to_owned());
    Ok(Redirect::to(to).keep(Keep::SignOut))
}

/// Sets a password by a link.
async fn reset(call: Call) -> Result<Redirect, Refusal> {
    let typed = Typed::of(&call, false)?;
    let token = call.fields.text("token");
    services::users::reset(&call.ctx, &token, &typed.password).await?;
    Ok(Redirect::to("/sign-in?done=reset"))
}

async fn language(call: Call) -> Result<Redirect, Refusal> {
    let locale = call
        .fields
        .get("language")
        .and_then(Locale::parse)
        .unwrap_or_default();
    Ok(
        Redirect::to(local_path(call.fields.get("back").unwrap_or_default()))
            .keep(Keep::Language(locale)),
    )
}

async fn text_size(call: Call) -> Result<Redirect, Refusal> {
    let large = call.fields.get("text") == Some("large");
    Ok(
        Redirect::to(local_path(call.fields.get("back").unwrap_or_default()))
            .keep(Keep::LargeText(large)),
    )
}
