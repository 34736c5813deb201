//! Signing in for programs.
//! Deliberately absent: cookies and refresh tokens; a program signs in again when its token has ended.
//! Read next: `caller`.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use services::{
    sessions::{self, SignIn},
    tries::{self, Try},
};
use shared::calendar::Instant;

use super::{
    Refused,
    caller::{Caller, Visitor},
    read::Body,
};

/// User name and password.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// Sign-in name.
    username: String,
    /// Password.
    password: String,
}

/// A token for the header `Authorization: Bearer …`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Token {
    /// The bearer token.
    access_token: String,
    /// When it ends.
    expires_at: Instant,
}

/// Sign in
///
/// Gives a bearer token. It ends after some minutes; sign in again then.
#[utoipa::path(
    post, path = "/sessions", tag = "sessions", request_body = Credentials, security(()),
    responses((status = 201, description = "Signed in", body = Token))
)]
pub async fn create(
    Visitor(ctx): Visitor,
    Body(credentials): Body<Credentials>,
) -> Result<(StatusCode, Json<Token>), Refused> {
    tries::count(&ctx, Try::SignIn)
        .await
        .map_err(|fault| Refused::new(fault, ctx.locale))?;
    let Credentials { username, password } = credentials;
    let signed_in = sessions::sign_in(&ctx, SignIn { username, password })
        .await
        .map_err(|fault| Refused::new(fault, ctx.locale))?;
    let token = Token {
        access_token: signed_in.access_token,
        expires_at: signed_in.access_expires_at,
    };
    Ok((StatusCode::CREATED, Json(token)))
}

/// The password, once more.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Password.
    password: String,
}

/// Prove to be oneself
///
/// What answers `session.proof_needed` goes through afterwards, for some minutes of this session.
#[utoipa::path(
    post, path = "/sessions/proof", tag = "sessions", request_body = Proof,
    responses((status = 204, description = "Proved"))
)]
pub async fn prove(caller: Caller, Body(proof): Body<Proof>) -> Result<StatusCode, Refused> {
    match sessions::prove(&caller.0, &proof.password).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => Err(caller.refuse(fault)),
    }
}

/// The code of an authenticator, or a recovery code.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    /// Six digits, or a recovery code.
    code: String,
}

/// Give the second factor
///
/// For a token that answers `session.factor_needed`; gives another token, and the first one ends.
#[utoipa::path(
    post, path = "/sessions/code", tag = "sessions", request_body = SecondFactor,
    responses((status = 201, description = "Signed in", body = Token))
)]
pub async fn second(
    caller: Caller,
    Body(factor): Body<SecondFactor>,
) -> Result<(StatusCode, Json<Token>), Refused> {
    let signed_in = async {
        tries::count(&caller.0, Try::SignIn).await?;
        sessions::factor::second(&caller.0, &factor.code).await
    };
    let signed_in = signed_in.await.map_err(|fault| caller.refuse(fault))?;
    let token = Token {
        access_token: signed_in.access_token,
        expires_at: signed_in.access_expires_at,
    };
    Ok((StatusCode::CREATED, Json(token)))
}
