//! What the pages of paper forms read.
//! Not here: drawing and voiding (`forms::staff::paper`), entering one, which is the desk's form.
//! Read next: `services::tickets::paper`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::ticket::paper::{PaperPage, PaperRow};

use crate::error::AppError;

/// A page of the forms of the reader's area, for a query string with `state` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/papers", input = Json, output = Json)]
pub async fn read_papers(query: String) -> Result<PaperPage, AppError> {
    use services::tickets::paper;

    let ctx = crate::context::use_ctx()?;
    let asked = super::desk::asked(&query, paper::PAGE);
    crate::error::settle(paper::list(&ctx, asked).await)
}

/// The forms of a block, to be printed.
#[server(prefix = "/fn", endpoint = "staff/paper-block", input = Json, output = Json)]
pub async fn read_paper_block(id: String) -> Result<Vec<PaperRow>, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = async {
        let id = id.parse().map_err(|_| shared::fault::Fault::missing())?;
        services::tickets::paper::block(&ctx, id).await
    };
    crate::error::settle(found.await)
}
