//! What a citizen who has signed in wishes about the own data in a ticket (个人信息申请): that it is corrected, or erased. Kept until the centre has
//! answered: carried out by the ticket's own verbs, or refused with a reason; it has a term in working days.
//! Not here: the verbs (`ticket::verbs::life::citizen`), what is kept (`own_data`), words of the pages (`text::citizen::wish`).
//! What is right is typed by the citizen, so that whoever answers copies nothing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::command;
use crate::command::{Line, Sent, Together, Words};
use crate::fault::{Check, Code};
use crate::ids::{TicketId, WishId};
use crate::person::{EmailAddress, PhoneNumber};
use crate::ticket::TicketNo;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;

/// Of one citizen so many wait to be answered at most.
pub const MOST_WISHES: usize = 10;

/// What can be corrected, of which at least one is given.
const GIVEN: [&str; 3] = ["name", "phone", "email"];

codes! {
    /// What is wished.
    WishKind {
        Correction = "correction", "correction", "更正", "Correction";
        Erasure = "erasure", "erasure", "删除", "Erasure";
    }
}

impl WishKind {
    /// Whether the ticket's verb that does it fits a state.
    #[must_use]
    pub const fn fits(self, state: T) -> bool {
        match self {
            Self::Correction => matches!(
                state,
                T::ToDispatch
                    | T::IntakeFix
                    | T::Dispatched
                    | T::Handling
                    | T::ToReview
                    | T::ToVisit
                    | T::Closed
                    | T::Suspended
                    | T::Tracking
            ),
            Self::Erasure => matches!(
                state,
                T::Closed | T::NotAccepted | T::Terminated | T::Archived
            ),
        }
    }
}

codes! {
    /// How it stands with a wish.
    WishState {
        Asked = "asked", "asked", "待处理", "Waits for an answer";
        Done = "done", "done", "已办理", "Done";
        Refused = "refused", "refused", "不同意", "Refused";
        TakenBack = "taken_back", "taken_back", "已撤回", "Taken back";
    }
}

codes! {
    /// Which wishes a list shows.
    WishShelf {
        Waiting = "waiting", "waiting", "待处理", "Waiting";
        Over = "over", "over", "已结束", "Over";
    }
}

command! {
    /// AskCorrection
    ///
    /// That the data of one's own request is corrected.
    AskCorrection {
        /// The right name.
        name: Option<Line<1, { length::NAME }>>,
        /// The right number.
        phone: Option<PhoneNumber>,
        /// The right e-mail address.
        email: Option<EmailAddress>,
        /// What is wrong, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl Together for AskCorrection {
    fn check(sent: &Sent, check: &mut Check) {
        if !GIVEN.iter().any(|field| sent.has(field)) {
            check.add("name", Code::InputRequired);
        }
    }
}

command! {
    /// AskErasure
    ///
    /// That the data of one's own request is erased, once that is over.
    AskErasure {
        /// Why, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl Together for AskErasure {}

/// A wish, as its citizen and the staff of the city see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WishView {
    /// Its id.
    pub id: WishId,
    /// Counts its changes; from 1.
    pub version: i32,
    /// What is wished.
    pub kind: WishKind,
    /// How it stands.
    pub state: WishState,
    /// The ticket's number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ticket_no: TicketNo,
    /// The ticket; absent for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// What is wrong, or why.
    pub words: String,
    /// The right name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The right number; masked for staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The right e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    /// The last day for the answer.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub answer_until: NaiveDate,
    /// Whether it waits longer than that.
    pub is_late: bool,
    /// When it was answered or taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub decided_at: Option<Instant>,
    /// By whom; absent for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// What the citizen was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// A page of wishes of the reader's cities.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WishPage {
    /// The wishes.
    pub items: Vec<WishView>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command as _;
    use crate::ticket::verbs::{CaseVerb as _, CorrectCitizen, EraseCitizen};

    #[test]
    fn a_wish_fits_where_its_verb_does() {
        for state in T::ALL.iter().copied() {
            let corrects = CorrectCitizen::DESCRIPTOR.states.contains(&state);
            assert_eq!(WishKind::Correction.fits(state), corrects, "{state:?}");
            let erases = EraseCitizen::DESCRIPTOR.states.contains(&state);
            assert_eq!(WishKind::Erasure.fits(state), erases, "{state:?}");
        }
    }

    #[test]
    fn a_correction_says_what_is_right() {
        let read = |more: &[(&str, &str)]| {
            let reason = ("reason".to_owned(), "姓名写错了".to_owned());
            let more = more.iter();
            let more = more.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let pairs: Vec<(String, String)> = std::iter::once(reason).chain(more).collect();
            AskCorrection::read(Sent::form(&pairs))
        };
        assert!(read(&[]).is_err());
        assert!(read(&[("name", "王建国")]).is_ok());
    }
}
