//! What is searched of a ticket, as terms of the index: what everybody reads who sees it, and, each under a mark of its own, what only some may look into.
//! Not here: the masks (`shared::person`), writing the rows (`rows`), asking (`search`).
//! Title, content, answer, the numbers from elsewhere, the address as far as the road; whole numbers of people and addresses to the door are marked, and of
//! discreet tickets they are left out, since nobody reads them without a reason. Of the ticket's number every four digits are a term; of the lead unit
//! its code, since names change.

use std::borrow::Cow;

use shared::person::{conceal, mask_address, may_hold_number};
use shared::search::{fours, grams, hidden_grams};
use shared::ticket::RequestKind;

use super::Phrase;
use crate::record::Ticket;

/// Telephone, identity and card numbers inside texts, with the words around.
const NUMBERS: char = '\u{E001}';
/// Addresses to the door.
const PLACE: char = '\u{E002}';
/// Addresses of discreet tickets, as far as the road: not for units.
const CENTRE: char = '\u{E003}';
/// Lead units.
const UNIT: char = '\u{E004}';
/// Fours of digits of ticket numbers.
const TICKET_NO: char = '\u{E005}';

/// What is searched of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Searched<'a> {
    pub(crate) ticket_no: &'a str,
    pub(crate) title: &'a str,
    pub(crate) content: &'a str,
    pub(crate) answer: Option<&'a str>,
    pub(crate) address: Option<&'a str>,
    /// Its number in the system that it came from, and that of its paper form.
    pub(crate) from_elsewhere: [Option<&'a str>; 2],
    pub(crate) lead_unit: Option<&'a str>,
    /// A confidential request or a tip-off.
    pub(crate) is_discreet: bool,
}

impl<'a> Searched<'a> {
    /// Of a whole ticket.
    pub(crate) fn of(ticket: &'a Ticket) -> Self {
        Self {
            ticket_no: ticket.ticket_no.as_str(),
            title: &ticket.title,
            content: &ticket.content,
            answer: ticket.answer.as_deref(),
            address: ticket.address.as_deref(),
            from_elsewhere: [ticket.external_no.as_deref(), ticket.paper_no.as_deref()],
            lead_unit: ticket.lead_unit.as_deref(),
            is_discreet: ticket.confidential || ticket.kind == RequestKind::TipOff,
        }
    }

    /// Its terms, run by run.
    pub(crate) fn runs(self) -> Vec<Phrase> {
        let mut runs = Vec::new();
        let texts = [Some(self.title), Some(self.content), self.answer];
        for text in texts.into_iter().flatten() {
            self.words(&mut runs, text);
        }
        if let Some(address) = self.address {
            let road = mask_address(address);
            if self.is_discreet {
                runs.extend(grams(&road).iter().map(|run| of_centre(run)));
            } else {
                runs.extend(grams(&road));
                if road != address {
                    runs.extend(grams(address).iter().map(|run| of_place(run)));
                }
            }
        }
        for number in self.from_elsewhere.into_iter().flatten() {
            runs.extend(grams(number));
        }
        runs.extend(of_ticket_no(self.ticket_no));
        runs.extend(self.lead_unit.map(of_unit));
        runs
    }

    /// A text with the numbers of people masked, and these under their mark.
    fn words(self, runs: &mut Vec<Phrase>, text: &str) {
        let shown = if may_hold_number(text) {
            Cow::Owned(conceal(text))
        } else {
            Cow::Borrowed(text)
        };
        runs.extend(grams(&shown));
        if !self.is_discreet && shown != text {
            runs.extend(hidden_grams(text, &shown).iter().map(|run| of_numbers(run)));
        }
    }
}

/// What is searched of a ticket, run by run.
pub(crate) fn runs(ticket: &Ticket) -> Vec<Phrase> {
    Searched::of(ticket).runs()
}

fn marked(mark: char, terms: &[String]) -> Phrase {
    terms.iter().map(|term| format!("{mark}{term}")).collect()
}

/// The terms where numbers of people lie.
pub(super) fn of_numbers(terms: &[String]) -> Phrase {
    marked(NUMBERS, terms)
}

/// The terms where whole addresses lie.
pub(super) fn of_place(terms: &[String]) -> Phrase {
    marked(PLACE, terms)
}

/// The terms where addresses of discreet tickets lie.
pub(super) fn of_centre(terms: &[String]) -> Phrase {
    marked(CENTRE, terms)
}

/// The fours of digits of a ticket's number, or of a piece of one; nothing for fewer digits, or other signs.
pub(super) fn of_ticket_no(piece: &str) -> Option<Phrase> {
    let terms = fours(piece);
    (!terms.is_empty()).then(|| marked(TICKET_NO, &terms))
}

/// The one term of a unit's code.
pub(super) fn of_unit(code: &str) -> Phrase {
    let code = code.chars().filter(|c| c.is_alphanumeric());
    let code: String = code.flat_map(char::to_lowercase).collect();
    vec![format!("{UNIT}{code}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn searched(is_discreet: bool) -> Searched<'static> {
        Searched {
            ticket_no: "3201002026030201000001",
            title: "路灯",
            content: "打13812345678",
            answer: None,
            address: Some("中山路12号"),
            from_elsewhere: [None, None],
            lead_unit: Some("3201-ZJJ"),
            is_discreet,
        }
    }

    #[test]
    fn what_only_some_may_look_into_is_marked() {
        let runs = searched(false).runs();
        let has = |run: &[&str]| runs.iter().any(|it| it == run);
        assert!(has(&["路灯"]) && has(&["打1", "13", "38"]));
        assert!(has(&["中山", "山路"]), "as far as the road");
        assert!(has(&["\u{E004}3201zjj"]));
        let clear = runs.concat();
        assert!(!clear.contains(&"12".to_owned()), "neither number nor door");
        assert!(clear.contains(&"\u{E001}12".to_owned()));
        assert!(clear.contains(&"\u{E002}2号".to_owned()));
        assert!(clear.contains(&"\u{E005}0001".to_owned()));
    }

    #[test]
    fn of_discreet_tickets_nothing_lies_there() {
        let all = searched(true).runs().concat();
        let is_of = |mark: char| all.iter().any(|term| term.starts_with(mark));
        assert!(!is_of(NUMBERS) && !is_of(PLACE));
        assert!(is_of(CENTRE));
        assert!(!all.contains(&"中山".to_owned()));
    }
}
