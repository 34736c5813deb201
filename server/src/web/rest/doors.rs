//! The doors of the programs' interface: a path opens with what it asks, and the caller is asked for it before a body is read.
//! Deliberately absent: the paths (`described`), the handlers.
//! The access table reads the same doors. A handler with a caller and without a door refuses everybody.

use axum::{Extension, extract::MatchedPath, http::request::Parts};
use services::{Ctx, asked};
use shared::{access::Need, fault::Fault};
use utoipa::openapi::path::PathItem;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::{PREFIX, described};
use crate::web::Web;

/// Paths that are open, with what they ask.
#[derive(Default)]
pub struct Doors {
    /// The handlers with their descriptions.
    pub routes: OpenApiRouter<Web>,
    /// Method and path with the need.
    rows: Vec<(String, Need)>,
}

impl Doors {
    /// Opens a path for those who meet the need.
    pub fn open(mut self, need: Need, (schemas, paths, handler): UtoipaMethodRouter<Web>) -> Self {
        for (path, item) in &paths.paths {
            let row = |method| (format!("{method} {PREFIX}{path}"), need);
            self.rows.extend(methods(item).into_iter().map(row));
        }
        let handler = handler.layer(Extension(need));
        self.routes = self.routes.routes((schemas, paths, handler));
        self
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    [
        ("GET", &item.get),
        ("HEAD", &item.head),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_ref().map(|_| method))
    .collect()
}

/// Method and path of everything under `/api/v1` with what it asks.
pub fn rows() -> Vec<(String, Need)> {
    let mut rows = described().rows;
    for path in ["openapi.json", "docs"] {
        rows.push((format!("GET {PREFIX}/{path}"), Need::Nothing));
    }
    rows
}

/// Asks what the path asks of a caller whose token is good.
pub async fn ask(parts: &Parts, ctx: &Ctx) -> Result<(), Fault> {
    let need = parts.extensions.get::<Need>();
    let path = parts.extensions.get::<MatchedPath>();
    let path = path.map_or("", MatchedPath::as_str);
    let entrance = format!("{} {path}", parts.method);
    asked::at_the_door(ctx, need.copied().unwrap_or(Need::System), &entrance).await
}
