//! What is taken where the road is a verb's own: registering, the look at the citizen, the citizen's look-up. Forms and programs send it through
//! the one reading of commands, so that it arrives parsed.
//! Not here: what the other verbs take (`verbs`), what comes back (`view`), what needs the clock or the data (services).

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::level::{Haste, Impact};
use super::query_code::QueryCode;
use super::rules::length;
use super::{Channel, PaperNo, RequestKind, SubjectType, TicketNo, Urgency};
use crate::calendar::Instant;
use crate::command;
use crate::command::{
    Block, CategoryCode, Command as _, Line, Moment, RowCode, Sent, Ticked, Together, Typed,
    UnitCode, Words,
};
use crate::fault::{Check, Code};
use crate::ids::{DraftId, IncomingId, MandateId};
use crate::person::{DocumentNumber, EmailAddress, OrganisationNumber, PhoneNumber};
use crate::place::{DivisionCode, Latitude, Longitude};

command! {
    /// Reveal
    ///
    /// What is masked of persons (查看), for one look.
    Reveal {
        /// Why, 5 to 200 characters; goes to the audit.
        reason: Why,
    }
}

impl Together for Reveal {}

/// Why somebody looks at what is masked.
pub type Why = Words<{ length::REVEAL_MIN }, { length::REVEAL }>;

command! {
    /// CitizenBlock
    ///
    /// Who speaks and how to reach them.
    CitizenBlock {
        /// Name as given.
        name: Option<Line<1, { length::NAME }>>,
        /// Mobile number, landline with area code and extension, service number, or one from abroad with +.
        phone: Option<PhoneNumber>,
        /// Another way to reach the citizen.
        backup_contact: Option<Line<1, { length::CONTACT }>>,
        /// E-mail address.
        email: Option<EmailAddress>,
        /// Number of an identity document (GB 11643, residence and travel permits, passports), only where needed.
        id_number: Option<DocumentNumber>,
        /// Name of the organisation that speaks.
        organisation: Option<Line<1, { length::ORGANISATION }>>,
        /// Unified social credit code (GB 32100) of the organisation.
        credit_code: Option<OrganisationNumber>,
    }
}

impl Together for CitizenBlock {}

#[allow(
    clippy::derivable_impls,
    reason = "the macro derives the same for every command, and most have no empty form"
)]
impl Default for CitizenBlock {
    fn default() -> Self {
        Self {
            name: None,
            phone: None,
            backup_contact: None,
            email: None,
            id_number: None,
            organisation: None,
            credit_code: None,
        }
    }
}

command! {
    /// Register
    ///
    /// A request (登记). Who speaks is asked for a phone number unless it is anonymous.
    Register {
        /// What the citizen wants.
        kind: RequestKind,
        /// How it came in; the web form and the API key decide it for their callers. Without it: web.
        channel: Option<Channel>,
        /// Short title; made from the content when absent.
        title: Option<Line<1, { length::TITLE }>>,
        /// Who, when, where, what, wish.
        content: Words<{ length::CONTENT_MIN }, { length::CONTENT }>,
        /// Division code: 6 digits, or 9 for a street.
        region: DivisionCode,
        /// Address within the division.
        address: Option<Line<1, { length::ADDRESS }>>,
        /// Longitude in degrees (GCJ-02), with latitude.
        lon: Option<Longitude>,
        /// Latitude in degrees (GCJ-02).
        lat: Option<Latitude>,
        /// When it happened: RFC 3339, or a date or time in +08:00 such as 2026-11-22 or 2026-11-22 14:05; not in the future.
        occurred_at: Option<Instant>,
        /// Leaf of the category tree, when known already.
        category: Option<CategoryCode>,
        /// Urgency; without it: what the matrix of levels proposes for `impact` and `haste`, else normal.
        urgency: Option<Urgency>,
        /// How many it touches; only the desk's.
        impact: Option<Impact>,
        /// How long it can wait; only the desk's.
        haste: Option<Haste>,
        /// Why `urgency` is another one than the matrix proposes, at most 500 characters.
        urgency_reason: Option<Words<1, { length::REASON }>>,
        /// Whom it is about, as the citizen calls it: of tip-offs, and of complaints where it matters.
        accused: Option<Line<1, { length::ORGANISATION }>>,
        /// The unit of the register that it is about: neither that one nor one below it gets or sees the ticket; only the desk's.
        accused_unit: Option<UnitCode>,
        /// Who speaks; without it: a person.
        subject_type: Option<SubjectType>,
        /// Name and ways to reach the citizen.
        citizen: Block<CitizenBlock>,
        /// For the organisation of this mandate, which the citizen who has signed in holds now; its name and code are then taken from there.
        mandate: Option<MandateId>,
        /// No identity at all: no citizen block is kept.
        anonymous: Ticked,
        /// Identity known to the centre, hidden from every unit.
        confidential: Ticked,
        /// Whether the citizen wants an answer; without it: yes.
        reply_required: Option<bool>,
        /// Photos uploaded under this draft.
        draft: Option<DraftId>,
        /// Number of the caller's earlier ticket on the same matter.
        repeat_of: Option<TicketNo>,
        /// Number of a ticket about the same event, into which this one is merged at once: the desk's, or of those that a citizen's form shows.
        joins: Option<TicketNo>,
        /// Number of the paper form on which it was taken down; only the desk's. `done_at` is then the time of acceptance, by which the ticket's deadline goes.
        paper_no: Option<PaperNo>,
        /// The text message or mail that is registered; only the desk's.
        incoming: Option<IncomingId>,
        /// Codes of the office's tags; only the desk's.
        tags: Vec<RowCode>,
        /// Answers to the office's own fields, by their codes.
        own: Typed,
        /// When it was taken down, where that was before it is sent: offline, or on paper. Not in the future, at most 7 days ago. Deadlines go by the time at which it is received, but with `paper_no`.
        done_at: Option<Moment>,
    }
}

/// What a form has instead of two flags: `open`, `confidential`, `anonymous`.
const IDENTITY: &str = "identity";

impl Together for Register {
    fn settle(sent: &mut Sent) {
        if sent.is_form() {
            let identity = sent.text(IDENTITY).unwrap_or_default().to_owned();
            sent.say("anonymous", identity == "anonymous");
            sent.say("confidential", identity == "confidential");
            let declined = sent.peek::<Ticked>("no_reply").is_some_and(|it| it.0);
            sent.say("reply_required", !declined);
        }
        // Of an anonymous request nothing is kept that was typed about the person, so nothing of it can be wrong.
        if is_anonymous(sent) {
            sent.forget("citizen");
        }
    }

    fn check(sent: &Sent, check: &mut Check) {
        let known = ["open", "confidential", "anonymous"];
        if sent.is_form() && sent.text(IDENTITY).is_some_and(|it| !known.contains(&it)) {
            check.add(IDENTITY, Code::InputCode);
        }
        if !is_anonymous(sent) && !sent.has("citizen.phone") {
            check.add("citizen.phone", Code::InputRequired);
        }
        // Nobody but the paper knows when it was taken down.
        if sent.has("paper_no") && !sent.has("done_at") {
            check.add("done_at", Code::InputRequired);
        }
        if is_anonymous(sent) && sent.has("mandate") {
            check.add_with("mandate", Code::MandateUnusable, &[("why", &"anonymous")]);
        }
        match (sent.has("lon"), sent.has("lat")) {
            (true, false) => check.add("lat", Code::InputRequired),
            (false, true) => check.add("lon", Code::InputRequired),
            _ => {}
        }
    }
}

fn is_anonymous(sent: &Sent) -> bool {
    sent.peek::<Ticked>("anonymous").is_some_and(|it| it.0)
}

command! {
    /// Write an internal note
    ///
    /// Read in the house alone: in the writer's unit, in the centre, and by whom it names with `@` and a sign-in name, who is told.
    WriteNote {
        /// At most 500 characters.
        remark: Words<1, { length::REASON }>,
    }
}

impl Together for WriteNote {}

/// The sign-in names behind an `@` in a text, in their order. What stands behind other letters, as in a mailbox, names nobody.
pub fn mentioned(text: &str) -> Vec<String> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let named = |(at, _): (usize, &str)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(is_of_name) {
            return None;
        }
        let name: String = text[at + 1..]
            .chars()
            .take_while(|c| is_of_name(*c))
            .collect();
        let name = name.trim_end_matches(['.', '-']).to_lowercase();
        Some(name).filter(|name| !name.is_empty())
    };
    text.match_indices('@').filter_map(named).collect()
}

command! {
    /// Lookup
    ///
    /// Public look-up by number and query code.
    Lookup {
        /// The ticket's number, 22 digits, in groups or not.
        ticket_no: TicketNo,
        /// The query code, eight characters, or six digits as they were.
        code: QueryCode,
    }
}

impl Together for Lookup {}

/// A browser keeps number and code in a sealed cookie; they are read as when they were typed.
impl<'de> Deserialize<'de> for Lookup {
    fn deserialize<D: Deserializer<'de>>(kept: D) -> Result<Self, D::Error> {
        let sent = Sent::json(serde_json::Map::deserialize(kept)?);
        Self::read(sent).map_err(|fault| D::Error::custom(fault.code))
    }
}

/// Who speaks and how to reach them, as it is kept: also what an import brought that would not be taken from a form. Encrypted in the row; found
/// only by the HMAC of phone, name and ID number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Citizen {
    /// Name as given, at most 60 characters.
    pub name: Option<String>,
    /// Mobile number, landline with area code and extension, service number, or one from abroad with +.
    pub phone: Option<String>,
    /// Another way to reach the citizen.
    pub backup_contact: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Number of an identity document (GB 11643, residence and travel permits, passports), only where needed.
    pub id_number: Option<String>,
    /// Name of the organisation that speaks.
    pub organisation: Option<String>,
    /// Unified social credit code (GB 32100) of the organisation.
    pub credit_code: Option<String>,
    /// Answers to those of the office's own fields that are about a person.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<String, String>,
}

impl From<CitizenBlock> for Citizen {
    fn from(given: CitizenBlock) -> Self {
        Self {
            name: given.name.map(Into::into),
            phone: given.phone.map(Into::into),
            backup_contact: given.backup_contact.map(Into::into),
            email: given.email.map(Into::into),
            id_number: given.id_number.map(Into::into),
            organisation: given.organisation.map(Into::into),
            credit_code: given.credit_code.map(Into::into),
            own: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mentioned;

    #[test]
    fn names_stand_behind_a_sign_of_their_own() {
        assert_eq!(
            mentioned("请@zhang.san、@li_si-2.看一下，@ 和 a@b.cn 不是。@Wang"),
            ["zhang.san", "li_si-2", "wang"]
        );
        assert!(mentioned("没有提到谁").is_empty());
    }
}
