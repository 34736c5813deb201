//! Forms of export templates: keep one, remove one.
//! Not here: asking for an export (`jobs`), what a template may hold (services).
//! Both go back to the page of exports.

use services::exports::templates;
use shared::access::needs;
use shared::export::KeepTemplate;
use shared::fault::{Code, Fault};
use shared::job::ExportFormat;

use super::jobs::parts;
use crate::forms::{Answer, Call, FormRoute, Redirect, Refusal, route};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/staff/exports", needs::EXPORT, |call| -> Answer {
        Box::pin(keep(call))
    }),
    route(
        "/staff/exports/{id}/remove",
        needs::EXPORT,
        |call| -> Answer { Box::pin(remove(call)) },
    ),
];

/// Keep a template.
async fn keep(call: Call) -> Result<Redirect, Refusal> {
    let format = call.fields.optional("format");
    let format = format
        .map(|word| word.parse::<ExportFormat>())
        .transpose()?;
    let command = KeepTemplate {
        name: call.fields.text("name"),
        columns: placed(call.fields.pairs())?,
        format,
        parts: parts(&call)?,
        shared: call.fields.ticked("shared"),
    };
    templates::keep(&call.ctx, command).await?;
    Ok(Redirect::to("/staff/exports?done=keep"))
}

/// Remove a template.
async fn remove(call: Call) -> Result<Redirect, Refusal> {
    let id: String = call.param(0)?;
    templates::remove(&call.ctx, &id).await?;
    Ok(Redirect::to("/staff/exports?done=remove"))
}

/// The keys of the columns that got a place, in the order of the places.
fn placed(fields: &[(String, String)]) -> Result<Vec<String>, Fault> {
    let mut placed = Vec::new();
    for (name, text) in fields {
        let text = text.trim();
        let Some(key) = name.strip_prefix("place.").filter(|_| !text.is_empty()) else {
            continue;
        };
        let place: u32 = text
            .parse()
            .map_err(|_| Fault::field("columns", Code::InputNumber))?;
        placed.push((place, key.to_owned()));
    }
    // Those of one place stand as they stood on the form.
    placed.sort_by_key(|(place, _)| *place);
    Ok(placed.into_iter().map(|(_, key)| key).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_the_order_of_their_places() {
        let fields = [
            ("place.state", "2"),
            ("place.phone", ""),
            ("place.ticket_no", " 1 "),
            ("place.own.lift", "2"),
            ("name", "3"),
        ];
        let pairs = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let keys = placed(&pairs).expect("numbers");
        assert_eq!(keys, ["ticket_no", "state", "own.lift"]);
        let odd = [("place.state".to_owned(), "x".to_owned())];
        assert!(placed(&odd).is_err());
    }
}
