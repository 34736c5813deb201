//! The columns of a ticket that stand in a file only where its layout names them; in the order of `shared::text::export::MORE_COLUMNS`.
//! Not here: the columns of every file (`columns`). Of a ticket that is seen only through a part that was given back nothing stands in them.

use std::collections::BTreeMap;

use shared::export::Layout;
use shared::ids::TicketId;
use shared::text::export::{MORE_COLUMNS, is_more};
use shared::text::{Locale, Text};
use shared::ticket::{AssignmentStatus, SlotRole};
use store::record::{Assignment, Ticket};

use super::columns::{said, yes_no};
use super::format::Value;
use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::tickets::office::tag_view;
use crate::views::sight::Sight;

/// Names of the columns for which the assignments are read.
const OF_PARTS: [&str; 2] = ["returns", "assisting_units"];

/// The assignments of the tickets of a page, where a column needs them.
pub(super) type Parts = BTreeMap<TicketId, Vec<Assignment>>;

/// Reads them, when the layout has a column that needs them.
pub(super) async fn parts(
    ctx: &Ctx,
    layout: &Layout,
    tickets: &[TicketId],
) -> Result<Parts, Failure> {
    let needs = |key: &String| OF_PARTS.contains(&key.as_str());
    if !layout.columns.iter().any(needs) {
        return Ok(Parts::new());
    }
    let db = ctx.services.store().report_reader();
    Ok(store::tickets::case::parts_of(&db, tickets).await?)
}

/// The columns of a layout that a standing approval names, since no file has them unasked.
pub(super) fn extent(layout: &Layout) -> impl Iterator<Item = &String> {
    layout.columns.iter().filter(|key| is_more(key))
}

/// What a row is made for: names, language, and how its reader sees the ticket.
pub(super) struct Eye<'a> {
    pub(super) reference: &'a Reference,
    pub(super) locale: Locale,
    pub(super) sight: &'a Sight,
}

impl Eye<'_> {
    fn label(&self, text: Text) -> Value {
        Value::Word(text.get(self.locale).to_owned())
    }

    /// The values of one ticket.
    pub(super) fn values(&self, ticket: &Ticket, live: bool, parts: &[Assignment]) -> Vec<Value> {
        if !live {
            return MORE_COLUMNS.iter().map(|_| said("")).collect();
        }
        let answer = ticket.answer.as_deref().map(|text| self.sight.words(text));
        let difficult = ticket.difficult_at.is_some();
        vec![
            said(answer.unwrap_or_default()),
            said(ticket.source_system.clone().unwrap_or_default()),
            said(ticket.external_no.clone().unwrap_or_default()),
            said(self.tags(ticket)),
            Value::Count(returns(parts)),
            Value::Count(i64::from(ticket.urge_count)),
            Value::At(ticket.replied_at),
            Value::At(ticket.reviewed_at),
            said(self.assisting(ticket, parts)),
            self.label(yes_no(!ticket.not_counted)),
            self.label(yes_no(ticket.unreasonable)),
            self.label(yes_no(difficult)),
            Value::At(ticket.difficult_at),
        ]
    }

    const fn between(&self) -> &'static str {
        match self.locale {
            Locale::Zh => "、",
            Locale::En => ", ",
        }
    }

    fn tags(&self, ticket: &Ticket) -> String {
        let names = ticket.tags.iter().map(|code| {
            let tag = tag_view(self.reference, code);
            match self.locale {
                Locale::Zh => tag.zh,
                Locale::En => tag.en,
            }
        });
        names.collect::<Vec<_>>().join(self.between())
    }

    /// Units that assist, or did until the ticket was closed; each once.
    fn assisting(&self, ticket: &Ticket, parts: &[Assignment]) -> String {
        let mut names: Vec<String> = Vec::new();
        for part in parts.iter().filter(|part| assists(part)) {
            let name = self.reference.unit_at(&part.unit, ticket.closed_at).name;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(self.between())
    }
}

fn assists(part: &Assignment) -> bool {
    let is_gone = matches!(
        part.status,
        AssignmentStatus::Returned | AssignmentStatus::Recalled
    );
    part.role == SlotRole::Assist && !is_gone
}

/// How often a ticket was sent back: the number of a recalled part goes on with the one that was made for it.
fn returns(parts: &[Assignment]) -> i64 {
    let counted = parts
        .iter()
        .filter(|part| part.status != AssignmentStatus::Recalled);
    counted.map(|part| i64::from(part.return_count)).sum()
}
