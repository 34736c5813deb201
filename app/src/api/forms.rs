//! The one server function through which every hydrated form is sent.
//! It runs the same handler as the plain POST; a refusal is a usual answer and comes as data.
//! Read next: `forms::registry`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;
use crate::forms::{Posted, Submitted};

/// Sends a form.
#[server(prefix = "/fn", endpoint = "form", input = Json, output = Json)]
pub async fn submit(posted: Posted) -> Result<Submitted, AppError> {
    use crate::context::{use_ctx, use_visit};
    use crate::forms::{FormState, handle};

    let (ctx, visit) = (use_ctx()?, use_visit()?);
    match handle(&ctx, &posted, visit.track.clone()).await {
        Ok(redirect) => {
            for keep in &redirect.keep {
                set_cookies(&visit.cookies.set_cookie(keep));
            }
            if redirect.clears_site() {
                clear_site();
            }
            Ok(Submitted::Moved {
                whole_page: redirect.whole_page(),
                to: redirect.to,
            })
        }
        Err(refused) => Ok(Submitted::Again(FormState {
            path: posted.path,
            fields: refused.fields,
            fault: refused.fault,
        })),
    }
}

#[cfg(feature = "ssr")]
fn clear_site() {
    use axum::http::{HeaderName, HeaderValue};

    let (name, value) = crate::forms::CLEAR_SITE;
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
}

#[cfg(feature = "ssr")]
fn set_cookies(values: &[String]) {
    use axum::http::{HeaderValue, header};

    let Some(response) = use_context::<leptos_axum::ResponseOptions>() else {
        return;
    };
    for value in values {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
}
