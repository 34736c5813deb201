//! What the pages of long jobs and of exports read.
//! Not here: what they send (`forms::staff::jobs`, `exports`), results (files of the server).
//! Read next: `services::jobs::host::desk`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::export::TemplateView;
use shared::job::JobPage;

use crate::error::AppError;

/// The reader's jobs, the newest first, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "staff/jobs", input = Json, output = Json)]
pub async fn read_jobs(query: String) -> Result<JobPage, AppError> {
    use services::jobs::host::desk;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(desk::list(&ctx, cursor, desk::PAGE).await)
}

/// The page of exports as it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportSheet {
    /// Templates that the reader may use.
    pub templates: Vec<TemplateView>,
    /// Keys and names of the columns to choose from.
    pub columns: Vec<(String, String)>,
    /// Filter and order, as in the list's address.
    pub query: String,
}

/// Templates and columns, for a query string with the filters of the list.
#[server(prefix = "/fn", endpoint = "staff/exports", input = Json, output = Json)]
pub async fn read_exports(query: String) -> Result<ExportSheet, AppError> {
    use services::exports::templates;
    use shared::query::{TicketQuery, pairs_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query).into_iter();
    let pairs: Vec<_> = pairs.filter(|(name, _)| name != "done").collect();
    let read = async {
        let query = TicketQuery {
            cursor: None,
            ..TicketQuery::from_pairs(&pairs)?
        };
        Ok::<_, shared::fault::Fault>(ExportSheet {
            templates: templates::list(&ctx).await?,
            columns: templates::columns(&ctx).await?,
            query: query.to_query(),
        })
    };
    crate::error::settle(read.await)
}
