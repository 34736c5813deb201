//! Definitions for programs: check, deploy, activate, withdraw, look at what runs, migrate and undo.
//! Deliberately absent: single cases (`approvals`).
//! A definition's text travels inside JSON; the body limit of the interface holds for it.

use std::time::Duration;

use axum::{extract::Path, response::Response};
use services::approvals::{
    self,
    owner::{
        self,
        activate::{self as parts, Part},
        fetch,
    },
};
use shared::{
    approval::{
        command::{Activate, Deploy, Migrate, Throw},
        view::{
            Deployed, FindingView, MigrationUndone, MigrationView, ProcessRow, ProcessView, Thrown,
        },
    },
    ids::{ActivationId, MigrationId},
    job::JobView,
};

use super::{
    Answer, Refused,
    caller::Caller,
    read::{Id, Read},
};
use crate::web::deployed;

/// How long an answer to a migration is waited for; it goes on behind it.
const PATIENCE: Duration = Duration::from_secs(10);

/// List
///
/// Every definition with its versions, running cases and incidents.
#[utoipa::path(get, path = "/processes", tag = "processes",
    responses((status = 200, description = "Definitions", body = Vec<ProcessRow>)))]
pub async fn list(caller: Caller) -> Answer<Vec<ProcessRow>> {
    caller.answer(owner::list(&caller.0).await)
}

/// Check
///
/// What deployment would say; nothing is deployed.
#[utoipa::path(post, path = "/processes/check", tag = "processes", request_body = Deploy,
    responses((status = 200, description = "Findings, empty when there is nothing to say", body = Vec<FindingView>)))]
pub async fn check(caller: Caller, Read(command): Read<Deploy>) -> Answer<Vec<FindingView>> {
    caller.answer(owner::check(&caller.0, command.xml.as_str()).await)
}

/// Deploy
///
/// The next version of the definition; the same text as the newest is not deployed again.
#[utoipa::path(post, path = "/processes", tag = "processes", request_body = Deploy,
    responses((status = 200, description = "The version", body = Deployed)))]
pub async fn deploy(caller: Caller, Read(command): Read<Deploy>) -> Answer<Deployed> {
    caller.answer(owner::deploy(&caller.0, command.xml.as_str(), command.active_from).await)
}

/// Read
///
/// A version with its drawing (SVG), where cases stand, incidents and migrations.
#[utoipa::path(get, path = "/processes/{key}/versions/{version}", tag = "processes",
    params(("key" = String, Path, description = "Key of the definition"), ("version" = i32, Path, description = "Number of the version")),
    responses((status = 200, description = "The version", body = ProcessView)))]
pub async fn get(caller: Caller, Path((key, version)): Path<(String, i32)>) -> Answer<ProcessView> {
    caller.answer(owner::view(&caller.0, &key, Some(version)).await)
}

/// Fetch a definition
///
/// The version as it was deployed, character by character; `ETag` is the SHA-256 of the text.
#[utoipa::path(get, path = "/processes/{key}/versions/{version}/definition", tag = "processes",
    params(("key" = String, Path, description = "Key of the definition"), ("version" = i32, Path, description = "Number of the version")),
    responses((status = 200, description = "The file", content_type = "application/xml", body = String)))]
pub async fn definition(
    caller: Caller,
    Path((key, version)): Path<(String, i32)>,
) -> Result<Response, Refused> {
    fetch::definition(&caller.0, &key, version)
        .await
        .map(deployed::file)
        .map_err(|fault| caller.refuse(fault))
}

/// Fetch decision tables
///
/// The file with which the version of the table was deployed; `ETag` is the SHA-256 of the text.
#[utoipa::path(get, path = "/decisions/{key}/versions/{version}/definition", tag = "processes",
    params(("key" = String, Path, description = "Id of the table"), ("version" = i32, Path, description = "Number of the version")),
    responses((status = 200, description = "The file", content_type = "application/xml", body = String)))]
pub async fn table(
    caller: Caller,
    Path((key, version)): Path<(String, i32)>,
) -> Result<Response, Refused> {
    fetch::table(&caller.0, &key, version)
        .await
        .map(deployed::file)
        .map_err(|fault| caller.refuse(fault))
}

/// Activate
///
/// New cases start on the version, now or from a time on; of tickets also those of an area or a kind alone.
#[utoipa::path(post, path = "/processes/{key}/versions/{version}/activate", tag = "processes", request_body = Activate,
    params(("key" = String, Path, description = "Key of the definition"), ("version" = i32, Path, description = "Number of the version")),
    responses((status = 200, description = "Done", body = Vec<ProcessRow>)))]
pub async fn activate(
    caller: Caller,
    Path((key, version)): Path<(String, i32)>,
    Read(command): Read<Activate>,
) -> Answer<Vec<ProcessRow>> {
    let done = async {
        let part = Part::from(command);
        if part.is_all() {
            owner::activate(&caller.0, &key, version, part.from).await?;
        } else {
            parts::for_part(&caller.0, &key, version, part).await?;
        }
        owner::list(&caller.0).await
    };
    caller.answer(done.await)
}

/// Replay recent tickets
///
/// A job says what was done with the tickets of the last 30 days once more to this version; its result stands with the version and in the job.
#[utoipa::path(post, path = "/processes/{key}/versions/{version}/retrace", tag = "processes",
    params(("key" = String, Path, description = "Key of the definition"), ("version" = i32, Path, description = "Number of the version")),
    responses((status = 200, description = "The job", body = JobView)))]
pub async fn retrace(caller: Caller, Path((key, version)): Path<(String, i32)>) -> Answer<JobView> {
    let done = async {
        let job = owner::retrace(&caller.0, &key, version).await?;
        services::jobs::host::desk::get(&caller.0, job).await
    };
    caller.answer(done.await)
}

/// Withdraw
///
/// No new case starts on the version; those under way stay on it.
#[utoipa::path(post, path = "/processes/{key}/versions/{version}/withdraw", tag = "processes",
    params(("key" = String, Path, description = "Key of the definition"), ("version" = i32, Path, description = "Number of the version")),
    responses((status = 200, description = "Done", body = Vec<ProcessRow>)))]
pub async fn withdraw(
    caller: Caller,
    Path((key, version)): Path<(String, i32)>,
) -> Answer<Vec<ProcessRow>> {
    let done = async {
        owner::withdraw(&caller.0, &key, version).await?;
        owner::list(&caller.0).await
    };
    caller.answer(done.await)
}

/// Withdraw for an area or a kind
///
/// The area or kind has no version of its own any more; tickets under way stay on it.
#[utoipa::path(post, path = "/processes/{key}/activations/{id}/withdraw", tag = "processes",
    params(("key" = String, Path, description = "Key of the definition"), ("id" = ActivationId, Path, description = "The activation's id")),
    responses((status = 200, description = "Done", body = Vec<ProcessRow>)))]
pub async fn withdraw_part(
    caller: Caller,
    Path((key, id)): Path<(String, String)>,
) -> Answer<Vec<ProcessRow>> {
    let done = async {
        parts::withdraw(&caller.0, &key, id.parse()?).await?;
        owner::list(&caller.0).await
    };
    caller.answer(done.await)
}

/// Throw
///
/// A message or a signal from outside. It is delivered within a second: a signal to every case that waits for it and to every definition
/// that begins with it, a message to one.
#[utoipa::path(post, path = "/processes/events", tag = "processes", request_body = Throw,
    responses((status = 200, description = "It is on its way", body = Thrown)))]
pub async fn throw(caller: Caller, Read(command): Read<Throw>) -> Answer<Thrown> {
    caller.answer(approvals::throw(&caller.0, command).await)
}

/// Migrate
///
/// Running cases go to another version; with `dry_run` they are only counted.
#[utoipa::path(post, path = "/processes/{key}/migrate", tag = "processes", request_body = Migrate,
    params(("key" = String, Path, description = "Key of the definition")),
    responses((status = 200, description = "How many would stand, or stand, where", body = MigrationView)))]
pub async fn migrate(
    caller: Caller,
    Path(key): Path<String>,
    Read(command): Read<Migrate>,
) -> Answer<MigrationView> {
    let order = owner::MigrationPlan::of(key, command, Some(PATIENCE));
    caller.answer(owner::migrate(&caller.0, order).await)
}

/// Undo a migration
///
/// Cases that nobody has touched since stand again as before.
#[utoipa::path(post, path = "/migrations/{id}/undo", tag = "processes",
    params(("id" = MigrationId, Path, description = "The migration's id")),
    responses((status = 200, description = "How many are back", body = MigrationUndone)))]
pub async fn undo(caller: Caller, Id(id): Id<MigrationId>) -> Answer<MigrationUndone> {
    caller.answer(owner::undo_migration(&caller.0, id).await)
}
