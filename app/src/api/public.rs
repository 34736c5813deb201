//! What the citizen's pages read.
//! Not here: what they send (`forms::citizen`).
//! Read next: `services::public`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::measure::Rate;
use shared::ticket::questionnaire::QuestionnaireView;
use shared::ticket::together::{AlikeQuery, AlikeView};
use shared::ticket::view::PublicTicket;

use crate::error::AppError;

/// The three open figures of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// `2026-10`.
    pub month: String,
    /// Answered by the deadline.
    pub answered_in_time: Rate,
    /// Solved in the citizens' words.
    pub solved: Rate,
    /// Satisfied of those who rated.
    pub satisfied: Rate,
}

/// What was just filed in this browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledView {
    /// The ticket number.
    pub ticket_no: String,
    /// The query code.
    pub code: String,
    /// When an answer is due.
    pub due_at: Option<Instant>,
    /// The date may still move.
    pub provisional: bool,
}

/// The ticket that this browser follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnTicket {
    /// What is known of it.
    pub ticket: PublicTicket,
    /// Place, words and photos that the citizen gave, as HTML of ours: the browser code of citizens stays small.
    pub own: String,
}

/// The open figures; none while there is nothing to count.
#[server(prefix = "/fn", endpoint = "public/figures", input = Json, output = Json)]
pub async fn open_figures() -> Result<Figures, AppError> {
    let ctx = crate::context::use_ctx()?;
    let figures = services::public::figures(&ctx).await.map_err(AppError)?;
    Ok(Figures {
        month: figures.month.clone(),
        answered_in_time: figures.answered_in_time,
        solved: figures.solved,
        satisfied: figures.satisfied,
    })
}

/// The questionnaire behind an address that came by text message, while it waits.
#[server(prefix = "/fn", endpoint = "public/questionnaire", input = Json, output = Json)]
pub async fn read_questionnaire(token: String) -> Result<QuestionnaireView, AppError> {
    use services::tries::{Try, count};

    let ctx = crate::context::use_ctx()?;
    let read = async {
        count(&ctx, Try::LookUp).await?;
        services::public::questionnaire(&ctx, &token).await
    };
    crate::error::settle(read.await)
}

/// Open requests of others that may be about the same as what the form says so far; nothing while it says too little.
#[server(prefix = "/fn", endpoint = "public/alike", input = Json, output = Json)]
pub async fn read_alike(asked: AlikeQuery) -> Result<Vec<AlikeView>, AppError> {
    use services::tries::{Try, count};

    let ctx = crate::context::use_ctx()?;
    let read = async {
        count(&ctx, Try::LookUp).await?;
        services::tickets::me_too::for_citizen(&ctx, &asked).await
    };
    crate::error::settle(read.await)
}

/// The complaint that was just filed here; none when the half hour is over.
#[server(prefix = "/fn", endpoint = "public/filed", input = Json, output = Json)]
pub async fn filed() -> Result<Option<FiledView>, AppError> {
    let visit = crate::context::use_visit()?;
    Ok(visit.filed.map(|filed| FiledView {
        ticket_no: filed.ticket_no,
        code: filed.code,
        due_at: filed.due_at,
        provisional: filed.provisional,
    }))
}

/// The ticket that this browser follows; none when it follows none, or the half hour is over.
#[server(prefix = "/fn", endpoint = "public/followed", input = Json, output = Json)]
pub async fn followed() -> Result<Option<OwnTicket>, AppError> {
    let (ctx, visit) = (crate::context::use_ctx()?, crate::context::use_visit()?);
    match visit.track {
        Some(lookup) => {
            let found = services::public::follow(&ctx, &lookup).await;
            crate::error::settle(found.map(|(ticket, own)| {
                Some(OwnTicket {
                    ticket,
                    own: crate::pages::citizen::own_words(own, ctx.locale),
                })
            }))
        }
        None => Ok(None),
    }
}
