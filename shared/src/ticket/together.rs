//! What pages and programs see of tickets that are handled together. As in `view`, which has it too.
//! Not here: what verbs take (`verbs`), which tickets are (services).
//! Of a citizen nothing is told but that they spoke.

use serde::{Deserialize, Serialize};

use super::{TicketNo, TicketState};
use crate::calendar::Instant;
use crate::command;
use crate::command::{Line, Sent, Together, Words};
use crate::fault::{Check, Code};
use crate::ids::TicketId;
use crate::ticket::rules::length;

codes! {
    /// What two linked tickets have to do with each other.
    LinkKind {
        SamePerson = "P", "same_person", "同一诉求人", "Same citizen";
        SamePlace = "L", "same_place", "同一地点", "Same place";
        FollowsUp = "F", "follow_up_of", "延续前件", "Follow-up of it";
        Contradicts = "C", "contradicts", "诉求相反", "Asks the opposite";
        Related = "R", "related", "其他相关", "Otherwise related";
    }
}

/// A link to another ticket, for who sees both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkView {
    /// The other ticket.
    pub other: LeadView,
    /// Its title, as the reader may read it.
    pub title: String,
    /// What they have to do with each other.
    pub kind: LinkKind,
    /// Whether it was made from the other side.
    pub is_from_other: bool,
    /// What else is to be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was made.
    pub at: Instant,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// How a ticket stands among those about the same event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TogetherView {
    /// The leading ticket into which this one was merged, where the reader may see it.
    pub lead: Option<LeadView>,
    /// Whether this one is merged into another, seen or not.
    pub is_merged: bool,
    /// How many people speak in this ticket and those merged into it.
    pub people: i64,
    /// How many tickets those are.
    pub tickets: i64,
    /// The tickets that were merged into it, the first ones of them.
    pub merged: Vec<MergedView>,
}

/// A leading ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadView {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub ticket_no: TicketNo,
    /// How it stands.
    pub state: TicketState,
}

/// A ticket that was merged into another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergedView {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub ticket_no: TicketNo,
    /// What it is about, as the leading ticket's reader may read it.
    pub title: String,
    /// When it was merged.
    pub merged_at: Instant,
    /// What its citizen alone is told.
    pub private_words: Option<String>,
    /// When its citizen was answered.
    pub answered_at: Option<Instant>,
}

/// What a citizen's form says so far, by which open requests about the same are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlikeQuery {
    /// Code of the county.
    pub county: String,
    /// Code of the street, where one was chosen.
    pub street: String,
    /// Category leaf, where one was chosen.
    pub category: String,
    /// The words.
    pub content: String,
    /// What is asked for.
    pub kind: String,
    /// `open`, `confidential` or `anonymous`.
    pub identity: String,
}

/// An open request of somebody else that may be about the same, as a citizen is shown it: no number, nobody's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeView {
    /// Stands for it in the form; good only with words that are nearly the same.
    pub token: String,
    /// What it is about, in the words of the category; empty while nobody has said.
    pub matter_zh: String,
    /// The same in English.
    pub matter_en: String,
    /// Where.
    pub place: String,
    /// How it stands.
    pub state: TicketState,
    /// When it was accepted.
    pub accepted_at: Instant,
}

/// What became of many that were merged at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gathered {
    /// Numbers of those that are merged now.
    pub merged: Vec<TicketNo>,
}

command! {
    /// Merge many
    ///
    /// Tickets about the same event, into this one.
    Gather {
        /// Numbers of the tickets, at most 50.
        tickets: Vec<Line<1, 40>>,
        /// Why it is the same event, at most 500 characters.
        reason: Option<Words<1, { length::REASON }>>,
    }
}

/// Tickets that are merged at once at most.
pub const GATHERED: usize = 50;

impl Together for Gather {
    fn settle(sent: &mut Sent) {
        sent.divide("tickets", |sign| {
            sign.is_whitespace() || matches!(sign, ',' | '，' | '、' | ';' | '；')
        });
    }

    fn check(sent: &Sent, check: &mut Check) {
        let all: Vec<Line<1, 40>> = sent.peek("tickets").unwrap_or_default();
        if all.is_empty() {
            check.add("tickets", Code::InputRequired);
        } else if all.len() > GATHERED {
            check.add_with(
                "tickets",
                Code::InputTooLong,
                &[("max", &GATHERED), ("length", &all.len())],
            );
        } else if all.iter().any(|no| TicketNo::parse(no).is_none()) {
            check.add("tickets", Code::NotFound);
        }
    }
}
