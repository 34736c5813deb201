//! What the office's own lists say to a ticket: the reasons that are chosen at verbs, and the tags that it carries.
//! Not here: the lists themselves (`register::holding`), where a verb asks for them (`verbs`).
//! A code that the office does not offer at the ticket's place is refused at its field.

use shared::command::RowCode;
use shared::fault::{Code, Fault, FieldFault};
use shared::register::{NamedRow, ReasonFor};
use shared::ticket::Verb;
use shared::ticket::view::{ReasonView, TagView};

use super::working_copy::{Told, WorkingCopy};
use crate::reference::Reference;

/// Most tags of one ticket.
pub(crate) const TAGS: usize = 10;

/// A code that the office does not offer there.
pub(crate) fn unknown(field: &str, code: &RowCode) -> Fault {
    Fault::fields(vec![FieldFault {
        field: field.to_owned(),
        code: Code::InputCode,
        facts: [("value".to_owned(), code.to_string())].into(),
    }])
}

impl WorkingCopy<'_> {
    /// A line of the history with the reason that was chosen, in its words of today.
    pub(crate) fn because(
        &self,
        told: Told,
        verb: Verb,
        cause: Option<&RowCode>,
    ) -> Result<Told, Fault> {
        let Some(code) = cause else {
            return Ok(told);
        };
        let lists = &self.scene.reference.lists;
        let region = &self.case.ticket.region;
        let row = ReasonFor::of(verb).and_then(|verb| lists.reason(verb, region, code.as_str()));
        let row = row.ok_or_else(|| unknown("cause", code))?;
        Ok(told
            .fact("cause", &row.code)
            .fact("cause_zh", &row.zh)
            .fact("cause_en", &row.en))
    }
}

/// The tags that are chosen, each once, in the order of codes.
pub(crate) fn tags(
    reference: &Reference,
    region: &str,
    chosen: &[RowCode],
) -> Result<Vec<String>, Fault> {
    let offered = reference.lists.tags(region);
    let known = |code: &RowCode| offered.iter().any(|tag| tag.code == code.as_str());
    if let Some(code) = chosen.iter().find(|code| !known(code)) {
        return Err(unknown("tags", code));
    }
    let mut tags: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    tags.sort();
    tags.dedup();
    if tags.len() > TAGS {
        return Err(Fault::fields(vec![FieldFault {
            field: "tags".to_owned(),
            code: Code::InputTooLong,
            facts: [("max".to_owned(), TAGS.to_string())].into(),
        }]));
    }
    Ok(tags)
}

/// A tag as it is shown; one that the office no longer knows by its code.
pub(crate) fn tag_view(reference: &Reference, code: &str) -> TagView {
    let row = reference.lists.tag(code).unwrap_or_else(|| NamedRow {
        code: code.to_owned(),
        zh: code.to_owned(),
        en: code.to_owned(),
    });
    row.into()
}

/// The tags that a ticket of a place can have.
pub(crate) fn offered_tags(reference: &Reference, region: &str) -> Vec<TagView> {
    let rows = reference.lists.tags(region).into_iter();
    rows.map(TagView::from).collect()
}

/// The channels by which requests of a place come in, in the office's order.
pub(crate) fn offered_channels(reference: &Reference, region: &str) -> Vec<TagView> {
    let rows = reference.lists.channels(region).into_iter();
    rows.map(TagView::from).collect()
}

/// The reasons that are offered at verbs of a place's ticket.
pub(crate) fn offered_reasons(
    reference: &Reference,
    region: &str,
    verbs: impl Iterator<Item = Verb>,
) -> Vec<ReasonView> {
    let mut at: Vec<ReasonFor> = verbs.filter_map(ReasonFor::of).collect();
    at.sort_unstable();
    at.dedup();
    let rows = at
        .into_iter()
        .flat_map(|verb| reference.lists.reasons(verb, region));
    rows.map(|row| ReasonView {
        verb: row.verb,
        code: row.code,
        zh: row.zh,
        en: row.en,
    })
    .collect()
}
