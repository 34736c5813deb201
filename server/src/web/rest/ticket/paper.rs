//! Paper forms for programs: the list, drawing a block of numbers, voiding one. Entering one is registering with `paper_no`.
//! Deliberately absent: the rules (`services::tickets::paper`).
//! Read next: `shared::ticket::paper`.

use axum::{Json, extract::Path, http::StatusCode};
use services::tickets::paper::{self, Asked};
use shared::ticket::paper::{PaperBlock, PaperPage, ReservePaper, VoidPaper};

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{self, Pairs, Read},
};

/// List paper forms
///
/// Those of the caller's area that wait to be entered, or others; how many wait stands beside.
#[utoipa::path(
    get, path = "/paper-forms", tag = "tickets", params(
        ("state" = Option<String>, Query, description = "open (when absent), entered, voided or all"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of paper forms", body = PaperPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<PaperPage> {
    let page = async {
        let [state, limit, cursor] = pairs.single(["state", "limit", "cursor"])?;
        let limit = read::limit(limit.as_deref(), (paper::PAGE, paper::MOST))?;
        let asked = Asked {
            state,
            cursor,
            limit,
        };
        paper::list(&caller.0, asked).await
    };
    caller.answer(page.await)
}

/// Draw paper forms
///
/// A block of numbers of the caller's centre for one day, to be printed before they are needed.
#[utoipa::path(
    post, path = "/paper-forms", tag = "tickets", request_body = ReservePaper, params(
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this block"),
    ),
    responses((status = 201, description = "Drawn", body = PaperBlock))
)]
pub async fn reserve(
    caller: Caller,
    Read(command): Read<ReservePaper>,
) -> Result<(StatusCode, Json<PaperBlock>), Refused> {
    let drawn = paper::reserve(&caller.0, command).await;
    let drawn = drawn.map(|block| (StatusCode::CREATED, Json(block)));
    drawn.map_err(|fault| caller.refuse(fault))
}

/// Void a paper form
///
/// Its number is not entered any more.
#[utoipa::path(
    post, path = "/paper-forms/{no}/void", tag = "tickets", request_body = VoidPaper, params(
        ("no" = String, Path, description = "The form's number"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this form"),
    ),
    responses((status = 204, description = "It is void"))
)]
pub async fn void(
    caller: Caller,
    Path(no): Path<String>,
    Read(command): Read<VoidPaper>,
) -> Result<StatusCode, Refused> {
    let done = paper::void(&caller.0, &no, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
