//! What the staff's pages read, one call per page. Addresses travel as query strings, in the words that the REST interface takes.
//! Not here: what the pages send (`forms::staff`), the report (`report`).
//! Rights are asked in the services.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::category::CategoryNode;
use shared::query::TicketQuery;
use shared::ticket::view::{
    CitizenView, DispatchSheet, Named, Related, TaskPage, TicketPage, TicketSheet,
};

use crate::api::public::FiledView;
use crate::error::AppError;

/// The page of to-dos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tasks {
    /// The rows.
    pub page: TaskPage,
    /// All that wait for this person, whatever the filter.
    pub count: i64,
}

/// The list with the words for its filters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The filters, order and cursor as they were read.
    pub query: String,
    /// The rows.
    pub page: TicketPage,
    /// How many the filters find, up to 10,000.
    pub count: i64,
    /// There are more than were counted.
    pub capped: bool,
    /// Names of the units, places and categories that the filters speak of, by code.
    pub names: Vec<Named>,
    /// Places to choose from: cities for the province, districts inside a city.
    pub regions: Vec<Named>,
    /// Units to choose from; none while a whole province is listed.
    pub units: Vec<Named>,
    /// First-level categories.
    pub categories: Vec<CategoryNode>,
}

/// The ticket's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The ticket, its history, the arithmetic.
    pub ticket: TicketSheet,
    /// The citizen in the clear, while this browser may look.
    pub revealed: Option<CitizenView>,
    /// What this browser has just registered, if it is this ticket.
    pub filed: Option<FiledView>,
    /// Units that a ruling or a recall may choose; empty when neither can be done now.
    pub units: Vec<Named>,
}

/// The dispatch page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispatching {
    /// The ticket as the dispatcher sees it.
    pub ticket: TicketSheet,
    /// Units and terms; none when it cannot be dispatched now.
    pub sheet: Option<DispatchSheet>,
    /// The category tree.
    pub categories: Vec<CategoryNode>,
}

/// The person's to-dos; `query` has `verb` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/tasks", input = Json, output = Json)]
pub async fn read_tasks(query: String) -> Result<Tasks, AppError> {
    use services::tickets::TaskQuery;
    use shared::ticket::Verb;

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs(&query);
    let value = |name: &str| {
        let found = pairs.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.clone())
            .filter(|value| !value.is_empty())
    };
    let query = TaskQuery {
        cursor: value("cursor"),
        verb: value("verb").as_deref().and_then(Verb::parse),
        ..TaskQuery::default()
    };
    let page = crate::error::settle(services::tickets::tasks(&ctx, query).await)?;
    let count = crate::error::settle(services::tickets::task_count(&ctx).await)?;
    Ok(Tasks { page, count })
}

/// How many to-dos wait; 0 for people without any.
#[server(prefix = "/fn", endpoint = "staff/task-count", input = Json, output = Json)]
pub async fn task_count() -> Result<i64, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::tickets::task_count(&ctx).await)
}

/// The list for a query string.
#[server(prefix = "/fn", endpoint = "staff/tickets", input = Json, output = Json)]
pub async fn read_tickets(query: String) -> Result<Listed, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(listed(&ctx, &query).await)
}

/// One ticket.
#[server(prefix = "/fn", endpoint = "staff/ticket", input = Json, output = Json)]
pub async fn read_ticket(id: String) -> Result<Sheet, AppError> {
    let (ctx, visit) = (crate::context::use_ctx()?, crate::context::use_visit()?);
    crate::error::settle(sheet(&ctx, &visit, &id).await)
}

/// What a dispatcher needs for one ticket.
#[server(prefix = "/fn", endpoint = "staff/dispatching", input = Json, output = Json)]
pub async fn read_dispatching(id: String) -> Result<Dispatching, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(dispatch(&ctx, &id).await)
}

/// Earlier tickets of a phone number, and tickets of the same place and category.
#[server(prefix = "/fn", endpoint = "staff/related", input = Json, output = Json)]
pub async fn read_related(
    phone: String,
    region: String,
    category: String,
) -> Result<Vec<Related>, AppError> {
    let ctx = crate::context::use_ctx()?;
    let given = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let query = services::tickets::RelatedQuery {
        phone: given(phone),
        region: given(region),
        category: given(category),
        content: None,
    };
    crate::error::settle(services::tickets::related(&ctx, query).await)
}

/// The category tree.
#[server(prefix = "/fn", endpoint = "staff/categories", input = Json, output = Json)]
pub async fn read_categories() -> Result<Vec<CategoryNode>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::directory::categories(&ctx).await)
}

/// The list's query as the page's address has it; what cannot be read is a fault of the page.
///
/// # Errors
/// `input.query`.
pub fn read_query(query: &str) -> Result<TicketQuery, shared::fault::Fault> {
    TicketQuery::from_pairs(&pairs(query))
}

/// The pairs of a query string, with or without its question mark.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let text = query.trim_start_matches('?');
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

/// A part of a query string in the clear: `+` and `%XX`.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(feature = "ssr")]
use server::{dispatch, listed, sheet};

#[cfg(feature = "ssr")]
mod server {
    use services::{Ctx, directory, tickets};
    use shared::access::{Permission, Scope};
    use shared::fault::Fault;
    use shared::ids::TicketId;
    use shared::place;
    use shared::query::TicketFilter;
    use shared::ticket::Verb;
    use shared::ticket::command::Reveal;
    use shared::ticket::view::{Named, TicketSheet};

    use super::{Dispatching, Listed, Sheet, read_query};
    use crate::api::places::HOME_PROVINCE;
    use crate::api::public::FiledView;
    use crate::context::Visit;

    pub(super) async fn listed(ctx: &Ctx, query: &str) -> Result<Listed, Fault> {
        let query = read_query(query)?;
        let page = tickets::list(ctx, query.clone()).await?;
        let count = tickets::count(ctx, &query.filter).await?;
        let reference = ctx.services.reference().await?;
        let regions = regions(ctx, &query.filter).await?;
        let units = units(ctx, &query.filter).await?;
        let mut names: Vec<Named> = Vec::new();
        let filter = &query.filter;
        for code in [&filter.unit, &filter.lead_unit].into_iter().flatten() {
            names.push(reference.unit(code));
        }
        if let Some(code) = &filter.region {
            names.push(Named {
                code: code.clone(),
                name: reference.region(code.trim_end_matches('-')).name,
            });
        }
        let mut categories = directory::categories(ctx).await?;
        for first in &mut categories {
            first.children.clear();
        }
        if let Some(code) = &filter.category
            && let Some(category) = reference.category(code)
        {
            // Deeper categories are named by their whole path; the first level has its own entry.
            names.push(Named {
                code: code.clone(),
                name: match ctx.locale {
                    shared::text::Locale::Zh => category.path_zh,
                    shared::text::Locale::En => category.path_en,
                },
            });
        }
        Ok(Listed {
            query: query.to_query(),
            page,
            count: count.n,
            capped: count.capped,
            names,
            regions,
            units,
            categories,
        })
    }

    /// The division whose parts can be chosen: what is filtered, else the actor's own city, else the province.
    fn home(ctx: &Ctx, filter: &TicketFilter) -> String {
        let chosen = filter
            .region
            .as_deref()
            .map(|code| code.trim_end_matches('-'));
        let own = match ctx.actor.scope(Permission::TicketView) {
            Some(Scope::All) | None => None,
            Some(_) => ctx.actor.region.as_deref(),
        };
        let code = chosen.or(own).unwrap_or(HOME_PROVINCE);
        let city = code.get(..4).unwrap_or(code);
        if city.ends_with("00") {
            HOME_PROVINCE.to_owned()
        } else {
            format!("{city}00")
        }
    }

    async fn regions(ctx: &Ctx, filter: &TicketFilter) -> Result<Vec<Named>, Fault> {
        let home = home(ctx, filter);
        let mut found: Vec<Named> = Vec::new();
        let whole = matches!(ctx.actor.scope(Permission::TicketView), Some(Scope::All));
        if home != HOME_PROVINCE && whole {
            // The other cities stay within reach.
            for city in directory::divisions(ctx, HOME_PROVINCE).await? {
                let is_home = city.code == home;
                found.push(Named {
                    code: city.code,
                    name: city.name,
                });
                if is_home {
                    for county in directory::divisions(ctx, &home).await? {
                        found.push(Named {
                            code: county.code,
                            name: format!("　{}", county.name),
                        });
                    }
                }
            }
            return Ok(found);
        }
        for division in directory::divisions(ctx, &home).await? {
            found.push(Named {
                code: division.code,
                name: division.name,
            });
        }
        Ok(found)
    }

    async fn units(ctx: &Ctx, filter: &TicketFilter) -> Result<Vec<Named>, Fault> {
        let home = home(ctx, filter);
        if home == HOME_PROVINCE {
            return Ok(Vec::new());
        }
        let mut found = directory::units(ctx, Some(&home)).await?;
        found.retain(|unit| unit.region.starts_with(place::prefix(&home)));
        Ok(found
            .into_iter()
            .map(|unit| Named {
                code: unit.code,
                name: unit.name,
            })
            .collect())
    }

    pub(super) async fn sheet(ctx: &Ctx, visit: &Visit, id: &str) -> Result<Sheet, Fault> {
        let id: TicketId = id.parse().map_err(|_| Fault::missing())?;
        let ticket = tickets::sheet(ctx, id).await?;
        let now = ctx.now();
        let look = visit
            .reveal
            .as_ref()
            .filter(|look| look.ticket == id && look.until > now);
        let revealed = match look {
            Some(look) => {
                let command = Reveal {
                    reason: look.reason.clone(),
                };
                Some(tickets::reveal(ctx, id, command).await?)
            }
            None => None,
        };
        let number = ticket.detail.row.ticket_no.as_str();
        let filed = visit
            .filed
            .clone()
            .filter(|filed| filed.ticket_no == number)
            .map(|filed| FiledView {
                ticket_no: filed.ticket_no,
                code: filed.code,
                due_at: filed.due_at,
                provisional: filed.provisional,
            });
        let units = if chooses_units(&ticket) {
            choices(ctx, &ticket).await?
        } else {
            Vec::new()
        };
        Ok(Sheet {
            ticket,
            revealed,
            filed,
            units,
        })
    }

    /// Whether a form on the page has a list of units.
    fn chooses_units(ticket: &TicketSheet) -> bool {
        let detail = &ticket.detail;
        let of_assignments = detail.assignments.iter().flat_map(|one| one.actions.iter());
        detail
            .actions
            .iter()
            .chain(of_assignments)
            .any(|verb| matches!(verb, Verb::Recall | Verb::Rule | Verb::SendBack))
    }

    async fn choices(ctx: &Ctx, ticket: &TicketSheet) -> Result<Vec<Named>, Fault> {
        let row = &ticket.detail.row;
        let wanted = directory::Candidates {
            region: Some(row.region.code.clone()),
            category: row.category.as_ref().map(|category| category.code.clone()),
            // Whoever rules or recalls also hands it on; a unit only names who should have it.
            anywhere: !ctx.actor.may(Permission::TicketDispatch),
        };
        let found = directory::candidates(ctx, wanted).await?;
        Ok(found
            .into_iter()
            .map(|unit| Named {
                code: unit.code,
                name: unit.name,
            })
            .collect())
    }

    pub(super) async fn dispatch(ctx: &Ctx, id: &str) -> Result<Dispatching, Fault> {
        let id: TicketId = id.parse().map_err(|_| Fault::missing())?;
        let ticket = tickets::sheet(ctx, id).await?;
        let sheet = if ticket.detail.actions.contains(&Verb::Dispatch) {
            Some(tickets::dispatch_sheet(ctx, id).await?)
        } else {
            None
        };
        Ok(Dispatching {
            ticket,
            sheet,
            categories: directory::categories(ctx).await?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn query_strings_are_read_as_browsers_write_them() {
        let found = pairs("?q=%E8%B7%AF%E7%81%AF+%2B1&state=&x");
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(found, [("q", "路灯 +1"), ("state", ""), ("x", "")]);
        assert_eq!(pairs("%E8"), [("\u{FFFD}".to_owned(), String::new())]);
        assert!(pairs("?").is_empty());
    }
}
