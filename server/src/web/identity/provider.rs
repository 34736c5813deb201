//! The two pages between us and an identity provider: the one through which a browser leaves, and the one to which it is sent back.
//! Deliberately absent: what is said there and believed of it (`services::sessions::provider`).
//! Leaving is a page of its own that goes on by itself: no form of ours may lead to another house (`headers::policy`).

use app::forms::{Keep, session::way_on};
use axum::{
    extract::{Extension, Query, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use services::{
    Ctx,
    sessions::provider::{self, Answer, Came},
};
use shared::{
    fault::{Code, Fault},
    text::account::provider as words,
};

use crate::web::{Web, dress, pages, visit};

/// What stands in the addresses of both.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// A name twice, or bytes that are no text, are nobody's way.
type Asked = Result<Query<Said>, axum::extract::rejection::QueryRejection>;

fn said(asked: Asked) -> Said {
    asked.map(|Query(said)| said).unwrap_or_default()
}

/// `GET /sign-in/provider/go`: on to the provider.
pub async fn go(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    asked: Asked,
    request: Request,
) -> Response {
    match provider::go(&ctx, &said(asked).state).await {
        Ok(address) => leaving(&web, &ctx, &address),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

fn leaving(web: &Web, ctx: &Ctx, address: &str) -> Response {
    let body = format!(
        "<p><a href=\"{}\">{}</a></p>",
        dress::escape(address),
        words::LEAVING_WAY.get(ctx.locale)
    );
    let page = dress::document(web, words::LEAVING.get(ctx.locale), &body, ctx.locale);
    let mut response = page.into_response();
    let refresh = HeaderName::from_static("refresh");
    if let Ok(value) = HeaderValue::from_str(&format!("0; url={address}")) {
        response.headers_mut().insert(refresh, value);
    }
    response
}

/// `GET /sign-in/provider/back`: from the provider, with a code or with why there is none.
pub async fn back(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    asked: Asked,
    request: Request,
) -> Response {
    let said = said(asked);
    let answer = Answer {
        state: said.state,
        code: said.code,
        error: said.error,
        issuer: said.iss,
    };
    match provider::back(&ctx, answer).await {
        Ok(Came::In(signed_in, next)) => {
            let to = way_on(&signed_in.actor, &next);
            let mut response = see(&to);
            let keep = Keep::SignIn(signed_in);
            for cookie in visit::cookies_for(&web, ctx.session, &keep) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Ok(Came::Linked) => see("/account/provider?done=linked"),
        // What asks somebody to sign in first leads back here with words that are used up: the page for it begins anew.
        Err(fault) if fault.code == Code::SignedOut => {
            let lost = Fault::new(Code::ProviderState);
            pages::refuse(web, request.into_parts().0, lost).await
        }
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

fn see(path: &str) -> Response {
    let location = HeaderValue::from_str(&pages::encode(path));
    let location = location.unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}
