//! How often one address may sign in, file without an account, or look up. In memory of this process.
//! Deliberately absent: locks on one account or one ticket number, which the services keep in the database.
//! Addresses of IPv6 count by their /64, since one household owns all of it.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use governor::{DefaultKeyedRateLimiter, Quota};
use serde::Deserialize;
use shared::fault::{Code, Fault};

use super::{Web, dress, edge::Facts};
use crate::config;

/// The three limiters.
pub struct Rates {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    filing: DefaultKeyedRateLimiter<IpAddr>,
    lookup: DefaultKeyedRateLimiter<IpAddr>,
}

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// Signing in or setting up.
    SignIn,
    /// Filing without an account.
    Filing,
    /// Anything by number and code.
    Lookup,
}

impl Rates {
    /// Limiters with the configured tries per minute.
    pub fn new(limits: &config::Limits) -> Self {
        let limiter = |per_minute: u32| {
            let tries = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
            DefaultKeyedRateLimiter::keyed(Quota::per_minute(tries))
        };
        Self {
            sign_in: limiter(limits.sign_in),
            filing: limiter(limits.filing),
            lookup: limiter(limits.lookup),
        }
    }

    /// Counts one try.
    ///
    /// # Errors
    /// `rate.limited` when the address has used up its tries.
    pub fn check(&self, what: Try, ip: IpAddr) -> Result<(), Fault> {
        let limiter = match what {
            Try::SignIn => &self.sign_in,
            Try::Filing => &self.filing,
            Try::Lookup => &self.lookup,
        };
        limiter
            .check_key(&household(ip))
            .map_err(|_| Fault::new(Code::RateLimited))
    }

    /// Forgets addresses that have been quiet; called every minute.
    pub fn forget(&self) {
        for limiter in [&self.sign_in, &self.filing, &self.lookup] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn household(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Which limit the path of a form or of a call has.
pub fn of_path(path: &str) -> Option<Try> {
    match path {
        "/sign-in" | "/set-up" | "/api/v1/sessions" => Some(Try::SignIn),
        "/file" => Some(Try::Filing),
        "/track" | "/api/v1/public/lookup" => Some(Try::Lookup),
        path if path.starts_with("/track/") => Some(Try::Lookup),
        _ => None,
    }
}

/// Counts tries of forms and calls. A hydrated form comes as a server function that names its path in the body.
pub async fn limit(State(web): State<Web>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let Some(facts) = request.extensions().get::<Facts>().cloned() else {
        return next.run(request).await;
    };
    let channel = dress::Channel::of(request.uri().path());
    let path = request.uri().path().to_owned();
    let (request, path) = if path.starts_with("/fn/") {
        match named_in_body(request, web.settings.web.body_limit).await {
            Ok(both) => both,
            Err(fault) => return dress::fault(&web, &fault, &facts, channel),
        }
    } else {
        (request, path)
    };
    if let Some(what) = of_path(&path)
        && let Err(fault) = web.rates.check(what, facts.client.ip)
    {
        return dress::fault(&web, &fault, &facts, channel);
    }
    next.run(request).await
}

/// The request again, with the path of the form that its JSON body carries (`app::api::forms`).
async fn named_in_body(request: Request, limit: usize) -> Result<(Request, String), Fault> {
    #[derive(Deserialize, Default)]
    struct Call {
        posted: Form,
    }
    #[derive(Deserialize, Default)]
    struct Form {
        path: String,
    }
    let (parts, body) = request.into_parts();
    let bytes: Bytes = axum::body::to_bytes(body, limit)
        .await
        .map_err(|_| Fault::new(Code::BodyTooLarge))?;
    let call: Call = serde_json::from_slice(&bytes).unwrap_or_default();
    Ok((
        Request::from_parts(parts, Body::from(bytes)),
        call.posted.path,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_household_has_its_own_tries() {
        let rates = Rates::new(&config::Limits {
            sign_in: 2,
            filing: 1,
            lookup: 1,
        });
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(rates.check(Try::SignIn, ip("192.0.2.1")).is_ok());
        assert!(rates.check(Try::SignIn, ip("192.0.2.1")).is_ok());
        assert!(rates.check(Try::SignIn, ip("192.0.2.1")).is_err());
        assert!(rates.check(Try::SignIn, ip("192.0.2.2")).is_ok());
        assert!(rates.check(Try::Filing, ip("2001:db8::1")).is_ok());
        assert!(rates.check(Try::Filing, ip("2001:db8::ffff")).is_err());
        rates.forget();
    }
}
