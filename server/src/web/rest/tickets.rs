//! Tickets for programs: register, list, read, to-dos, the look at the citizen.
//! Deliberately absent: the verbs on tickets and assignments (`verb`), the citizen's side (`public`).
//! Read next: `verb`.

use axum::{Json, http::StatusCode};
use services::tickets::{self, TaskQuery};
use shared::{
    fault::{Code, Fault},
    ids::TicketId,
    query::TicketQuery,
    ticket::{
        Verb,
        command::{Register, Reveal},
        view::{CitizenView, HistoryEvent, Registered, TaskPage, TicketDetail, TicketPage},
    },
};

use super::{
    Answer, Refused,
    caller::Caller,
    read::{Id, Pairs, Read},
};

/// Register
///
/// A repeated `Idempotency-Key` with the same body gives the same answer; with another body it is 422.
/// The query code is shown here once.
#[utoipa::path(
    post, path = "/tickets", tag = "tickets", request_body = Register, params(
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this ticket"),
    ),
    responses((status = 201, description = "Registered, now or under this key before", body = Registered))
)]
pub async fn register(
    caller: Caller,
    Read(command): Read<Register>,
) -> Result<(StatusCode, Json<Registered>), Refused> {
    let done = tickets::register(&caller.0, command)
        .await
        .map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(done)))
}

/// List
///
/// Tickets in the caller's scope. Lists are "any of" and may be repeated or separated by commas.
/// Times are RFC 3339 or dates (+08:00).
#[utoipa::path(
    get, path = "/tickets", tag = "tickets", params(
        ("state" = Option<Vec<String>>, Query, description = "States, such as TO_DISPATCH"),
        ("kind" = Option<Vec<String>>, Query, description = "Kinds, such as complaint"),
        ("category" = Option<String>, Query, description = "Category code or its beginning"),
        ("region" = Option<String>, Query, description = "Division code; includes everything below it"),
        ("unit" = Option<String>, Query, description = "Unit code; tickets with an assignment of it or of a unit below"),
        ("tag" = Option<String>, Query, description = "Code of one of the office's tags"),
        ("mine" = Option<bool>, Query, description = "True: tickets of which an open part is the caller's own to answer for"),
        ("ruling" = Option<String>, Query, description = "How it was ruled to count: not_counted or unreasonable"),
        ("lead_unit" = Option<String>, Query, description = "Unit code of the lead; includes units below"),
        ("channel" = Option<Vec<String>>, Query, description = "Channels, such as phone"),
        ("light" = Option<String>, Query, description = "green, yellow or red, now"),
        ("overdue" = Option<bool>, Query, description = "Open and past the deadline now"),
        ("accepted_from" = Option<String>, Query, description = "Accepted at or after"),
        ("accepted_to" = Option<String>, Query, description = "Accepted before; a date means the end of its day"),
        ("due_from" = Option<String>, Query, description = "Due at or after"),
        ("due_to" = Option<String>, Query, description = "Due before; a date means the end of its day"),
        ("closed_from" = Option<String>, Query, description = "Closed at or after"),
        ("closed_to" = Option<String>, Query, description = "Closed before; a date means the end of its day"),
        ("measure" = Option<String>, Query, description = "The set behind a number of the report, such as on_time"),
        ("cell" = Option<String>, Query, description = "A number of a cube: measure, n or d, first and last day and the row, such as on_time.n.2026-11-01.2026-11-30.city:3201"),
        ("q" = Option<String>, Query, description = "An exact ticket number, else words, which are looked for in what the caller sees (`found` of the answer says where); for a single character the next 2,000 tickets are looked through (`looked`); widened by what stands for them, which `also` of the answer names"),
        ("exact" = Option<bool>, Query, description = "True: only the words of `q` themselves"),
        ("where" = Option<String>, Query, description = "Conditions with and, or and not, such as: state in (DISPATCHED, HANDLING) and (returns >= 2 or not solved = yes); phone, name and idno take marks of POST /tickets/persons alone"),
        ("columns" = Option<String>, Query, description = "Codes of own fields whose answers come with each row, divided by commas; own.CODE=ANSWER filters by one"),
        ("sort" = Option<String>, Query, description = "-accepted_at (default), accepted_at, due_at, -updated_at; best: of a search's newest 200 hits those with the words in the title first, then in the content"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before, or prev_cursor of the page behind"),
    ),
    responses((status = 200, description = "A page of tickets", body = TicketPage))
)]
pub async fn list(caller: Caller, Pairs(pairs): Pairs) -> Answer<TicketPage> {
    let query = TicketQuery::from_pairs(&pairs).map_err(|fault| caller.refuse(fault))?;
    tickets::known_columns(&caller.0, &query.columns)
        .await
        .map_err(|fault| caller.refuse(fault))?;
    caller.answer(tickets::list(&caller.0, query).await)
}

/// Read
///
/// The whole ticket as the caller may see it, with the verbs that are possible now.
#[utoipa::path(
    get, path = "/tickets/{id}", tag = "tickets", params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 200, description = "The ticket", body = TicketDetail))
)]
pub async fn get(caller: Caller, Id(id): Id<TicketId>) -> Answer<TicketDetail> {
    caller.answer(tickets::get(&caller.0, id).await)
}

/// History
///
/// Every event of the ticket in order, without gaps.
#[utoipa::path(
    get, path = "/tickets/{id}/history", tag = "tickets", params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 200, description = "The events", body = Vec<HistoryEvent>))
)]
pub async fn history(caller: Caller, Id(id): Id<TicketId>) -> Answer<Vec<HistoryEvent>> {
    caller.answer(tickets::history(&caller.0, id).await)
}

/// To-dos
///
/// What waits for the caller, the least time left first.
#[utoipa::path(
    get, path = "/tasks", tag = "tickets", params(
        ("verb" = Option<String>, Query, description = "Only tasks that wait for this verb"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of tasks", body = TaskPage))
)]
pub async fn tasks(caller: Caller, pairs: Pairs) -> Answer<TaskPage> {
    let query = task_query(&pairs).map_err(|fault| caller.refuse(fault))?;
    caller.answer(tickets::tasks(&caller.0, query).await)
}

fn task_query(pairs: &Pairs) -> Result<TaskQuery, Fault> {
    let [verb, limit, cursor] = pairs.single(["verb", "limit", "cursor"])?;
    let verb = match verb {
        Some(word) => {
            Some(Verb::parse(&word).ok_or_else(|| Fault::field("verb", Code::InputCode))?)
        }
        None => None,
    };
    let limit = match limit {
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| (1..=200).contains(limit))
            .ok_or_else(|| Fault::field("limit", Code::InputNumber))?,
        None => 50,
    };
    Ok(TaskQuery {
        cursor,
        limit,
        verb,
    })
}

/// Reveal the citizen
///
/// Name and contacts in clear, where the caller's right and reason allow it; the reason goes to the audit.
#[utoipa::path(
    post, path = "/tickets/{id}/reveal", tag = "tickets", request_body = Reveal,
    params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 200, description = "The citizen", body = CitizenView))
)]
pub async fn reveal(
    caller: Caller,
    Id(id): Id<TicketId>,
    Read(command): Read<Reveal>,
) -> Answer<CitizenView> {
    caller.answer(tickets::reveal(&caller.0, id, command).await)
}
