//! What the pages of the register read.
//! Not here: what they send (`forms::staff::lists`).
//! Read next: `services::register`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::fault::Fault;
use shared::register::{
    ListView, ListsView, PreviewView, ReorganiseView, RowForm, RuleReaders, RulesToRead,
};

use crate::error::AppError;

/// Every list of an area, for a query string with `area`.
#[server(prefix = "/fn", endpoint = "staff/lists", input = Json, output = Json)]
pub async fn read_lists(query: String) -> Result<ListsView, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let area = value_of(&pairs, "area").unwrap_or(services::register::BASE);
    crate::error::settle(services::register::heads(&ctx, area).await)
}

/// One list with a page of its rows, for a query string with `list`, `area`, `revision`, `on`, `changes`, `q` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/list", input = Json, output = Json)]
pub async fn read_list(address: String) -> Result<ListView, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&address);
    let found = match asked(&pairs) {
        Ok((code, asked)) => {
            let area = value_of(&pairs, "area").unwrap_or_default();
            services::register::view(&ctx, (code, area), &asked).await
        }
        Err(fault) => Err(fault),
    };
    crate::error::settle(found)
}

/// A row of the draft to be changed, for a query string with `list`, `area` and `key`; a new one without `key`.
#[server(prefix = "/fn", endpoint = "staff/list-row", input = Json, output = Json)]
pub async fn read_row(address: String) -> Result<RowForm, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&address);
    let found = match asked(&pairs) {
        Ok((code, _)) => {
            let area = value_of(&pairs, "area").unwrap_or_default();
            let key = value_of(&pairs, "key").filter(|key| !key.is_empty());
            services::register::row(&ctx, (code, area), key).await
        }
        Err(fault) => Err(fault),
    };
    crate::error::settle(found)
}

/// What publishing a draft would change, for a query string with `list` and `area`.
#[server(prefix = "/fn", endpoint = "staff/list-preview", input = Json, output = Json)]
pub async fn read_preview(address: String) -> Result<Option<PreviewView>, AppError> {
    use shared::fault::Code;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&address);
    let found = match asked(&pairs) {
        Ok((code, _)) => {
            let area = value_of(&pairs, "area").unwrap_or_default();
            match services::register::preview(&ctx, code, area).await {
                Err(fault) if fault.code == Code::RegisterNoDraft => Ok(None),
                found => found.map(Some),
            }
        }
        Err(fault) => Err(fault),
    };
    crate::error::settle(found)
}

/// What merging or dividing units would move, and what is wrong with what was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reorganisation {
    /// What it would move; only what can be chosen while something is wrong.
    pub view: ReorganiseView,
    /// What is wrong.
    pub fault: Option<Fault>,
}

/// What merging or dividing units would move, for a query string with `area`, `ends`, `into` and `from`.
#[server(prefix = "/fn", endpoint = "staff/reorganise", input = Json, output = Json)]
pub async fn read_reorganise(address: String) -> Result<Reorganisation, AppError> {
    use services::register::look_at_units;
    use shared::fault::Class;
    use shared::query::{pairs_of, value_of};
    use shared::register::Reorganise;

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&address);
    let area = value_of(&pairs, "area").unwrap_or_default();
    let found = match look_at_units(&ctx, area, &reorganise_of(&pairs)).await {
        Ok(view) => Ok(Reorganisation { view, fault: None }),
        Err(fault) if fault.code.class() == Class::Input => {
            let view = look_at_units(&ctx, area, &Reorganise::default()).await;
            view.map(|view| Reorganisation {
                view,
                fault: Some(fault),
            })
        }
        Err(fault) => Err(fault),
    };
    crate::error::settle(found)
}

/// Which units a query string, or a form, merges or divides; rows of the duty list stand as `duty:` and their key.
#[cfg(feature = "ssr")]
pub fn reorganise_of(pairs: &[(String, String)]) -> shared::register::Reorganise {
    use shared::query::value_of;

    let filled = |name: &str| -> Vec<String> {
        let named = pairs.iter().filter(|(known, _)| known == name);
        let values = named.map(|(_, value)| value.trim().to_owned());
        values.filter(|value| !value.is_empty()).collect()
    };
    let given = pairs.iter().filter_map(|(name, unit)| {
        let key = name.strip_prefix("duty:")?;
        Some((key.to_owned(), unit.trim().to_owned()))
    });
    shared::register::Reorganise {
        version: value_of(pairs, "version")
            .and_then(|text| text.parse().ok())
            .unwrap_or(0),
        ends: filled("ends"),
        into: filled("into"),
        from: filled("from").pop(),
        given: given.filter(|(_, unit)| !unit.is_empty()).collect(),
    }
}

/// What the reader is asked to read, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "staff/rules", input = Json, output = Json)]
pub async fn read_rules(query: String) -> Result<RulesToRead, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::register::reading::mine(&ctx, cursor).await)
}

/// Who is asked to read a revision, for a query string with `id` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/rule-readers", input = Json, output = Json)]
pub async fn read_rule_readers(query: String) -> Result<RuleReaders, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let id = value_of(&pairs, "id").and_then(|id| id.parse().ok());
    let found = match id {
        Some(id) => {
            let cursor = value_of(&pairs, "cursor");
            services::register::reading::readers(&ctx, id, cursor).await
        }
        None => Err(shared::fault::Fault::missing()),
    };
    crate::error::settle(found)
}

/// What of a list a query string asks for.
#[cfg(feature = "ssr")]
pub fn asked(
    pairs: &[(String, String)],
) -> Result<(shared::register::ListCode, services::register::Asked), shared::fault::Fault> {
    use shared::fault::{Code, Fault};
    use shared::query::value_of;

    let some = |name: &str| value_of(pairs, name).filter(|value| !value.is_empty());
    let code = some("list").and_then(shared::register::ListCode::parse);
    let revision = some("revision")
        .map(|text| text.parse().map_err(|_| Fault::missing()))
        .transpose()?;
    let on = some("on")
        .map(|text| shared::calendar::day(text).ok_or_else(|| Fault::field("on", Code::InputDate)))
        .transpose()?;
    let asked = services::register::Asked {
        revision,
        on,
        changes: some("changes").is_some(),
        words: some("q").map(|words| words.trim().chars().take(60).collect()),
        cursor: some("cursor").map(str::to_owned),
    };
    Ok((code.ok_or_else(Fault::missing)?, asked))
}
