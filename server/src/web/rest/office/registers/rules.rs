//! Reading published revisions of the office's lists for programs: asking people to, one's own, and who has.
//! Deliberately absent: who is concerned (`services::register::reading`), publishing (`registers`).
//! The base's area is called `base`.

use axum::{extract::Path, http::StatusCode};
use chrono::NaiveDate;
use services::register::reading;
use shared::{
    access::needs,
    fault::{Code, Fault},
    register::{AskReading, ListCode, RuleReaders, RulesToRead},
};
use uuid::Uuid;

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id, Pairs},
};

/// A day in a field.
pub(super) fn day_of(name: &str, text: Option<&str>) -> Result<Option<NaiveDate>, Fault> {
    let read = |text: &str| shared::calendar::day(text);
    text.map(|text| read(text).ok_or_else(|| Fault::field(name, Code::InputDate)))
        .transpose()
}

/// Ask people to read a revision
///
/// Whoever has a business post in the area gets a notice, and another one after the days that the settings say until it is read. Asked again, it reaches who came since.
#[utoipa::path(post, path = "/registers/{list}/{area}/ask-reading", tag = "registers", request_body = AskReading,
    params(("list" = ListCode, Path, description = "The list"), ("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 204, description = "They are asked")))]
pub async fn ask(
    caller: Caller,
    Path((list, area)): Path<(String, String)>,
    Body(command): Body<AskReading>,
) -> Result<StatusCode, Refused> {
    let done = async {
        caller.0.ask(needs::PUBLISHING)?;
        let code = ListCode::parse(&list).ok_or_else(Fault::missing)?;
        let what = (command.revision, command.note);
        let read_by = day_of("read_by", command.read_by.as_deref())?;
        reading::ask(&caller.0, (code, &area), what, read_by).await
    };
    done.await.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// List what one is asked to read
///
/// The caller's own, the latest first; for who looks after lists also how far that is read which was asked last.
#[utoipa::path(get, path = "/rules", tag = "registers",
    params(("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "A page of them", body = RulesToRead)))]
pub async fn mine(caller: Caller, pairs: Pairs) -> Answer<RulesToRead> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        reading::mine(&caller.0, cursor.as_deref()).await
    };
    caller.answer(page.await)
}

/// Say that one has read a revision
#[utoipa::path(post, path = "/rules/{id}/read", tag = "registers",
    params(("id" = Uuid, Path, description = "The id under which it is asked")),
    responses((status = 204, description = "It is noted")))]
pub async fn read(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = reading::read(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// List who is asked to read a revision
///
/// By sign-in name, with when each has read it.
#[utoipa::path(get, path = "/rules/{id}/readers", tag = "registers", params(
        ("id" = Uuid, Path, description = "The id under which it is asked"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of people", body = RuleReaders)))]
pub async fn readers(caller: Caller, Id(id): Id<Uuid>, pairs: Pairs) -> Answer<RuleReaders> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        reading::readers(&caller.0, id, cursor.as_deref()).await
    };
    caller.answer(page.await)
}
