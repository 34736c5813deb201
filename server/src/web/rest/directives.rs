//! Directives for programs: the list and one of them. Issuing and answering are verbs of the ticket's assignments (`verb`).
//! Deliberately absent: who sees which (`services::directives`).
//! Read next: `verb`.

use services::directives::{self, DirectiveQuery};
use shared::{
    application::DirectiveState,
    fault::{Code, Fault},
    ids::ApplicationId,
    ticket::view::{DirectivePage, DirectiveSheet},
};

use super::{
    Answer,
    caller::Caller,
    read::{Id, Pairs},
};

/// List directives
///
/// The newest first: a centre's people have those about its tickets, a unit's those that were issued to it.
#[utoipa::path(
    get, path = "/directives", tag = "tickets", params(
        ("state" = Option<String>, Query, description = "Only those that stand so, such as `issued`"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of directives", body = DirectivePage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<DirectivePage> {
    let page = async { directives::page(&caller.0, query(&pairs)?).await };
    caller.answer(page.await)
}

fn query(pairs: &Pairs) -> Result<DirectiveQuery, Fault> {
    let [state, limit, cursor] = pairs.single(["state", "limit", "cursor"])?;
    let state = match state {
        Some(word) => {
            let state = DirectiveState::parse(&word);
            Some(state.ok_or_else(|| Fault::field("state", Code::InputCode))?)
        }
        None => None,
    };
    let limit = match limit {
        Some(text) => text
            .parse()
            .map_err(|_| Fault::field("limit", Code::InputNumber))?,
        None => directives::PAGE,
    };
    Ok(DirectiveQuery {
        state,
        cursor,
        limit,
    })
}

/// One directive
///
/// As its printed form has it.
#[utoipa::path(
    get, path = "/directives/{id}", tag = "tickets",
    params(("id" = ApplicationId, Path, description = "The directive's id")),
    responses((status = 200, description = "The directive", body = DirectiveSheet))
)]
pub async fn get(caller: Caller, Id(id): Id<ApplicationId>) -> Answer<DirectiveSheet> {
    caller.answer(directives::one(&caller.0, id).await)
}
