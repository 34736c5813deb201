//! Mandates (代单位办事): a citizen who has signed in acts for an organisation. Asked for with the organisation's credit code, what the citizen is
//! there and until when; staff of the city says yes or no; it holds until its last day, or until somebody ends it.
//! Not here: who decides (`access::needs::MANDATES`), filing under one (`ticket::command::Register`), words of the pages (`text::citizen::mandate`).
//! That the last day is over is told from the date at each request, so that no job has to run for it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::command;
use crate::command::{Line, Sent, Together};
use crate::fault::{Check, Code};
use crate::ids::MandateId;
use crate::person::CreditCode;
use crate::place::DivisionCode;
use crate::ticket::rules::length;
use crate::ticket::view::Named;

/// Longest number and date of a letter of authority, in characters.
pub const EVIDENCE: usize = 120;
/// How long somebody acts for an organisation at most who represents it by law, in days; for the others there is a setting.
pub const LEGAL_DAYS: i32 = 1_825;
/// Of one citizen so many wait to be decided at most.
pub const MOST_ASKED: usize = 10;

codes! {
    /// What a citizen is in the organisation.
    MandateRole {
        Legal = "legal", "legal", "法定代表人", "Legal representative";
        Agent = "agent", "agent", "委托代理人", "Authorised agent";
        InCharge = "in_charge", "in_charge", "单位经办人", "Employee in charge";
    }
}

impl MandateRole {
    /// Whether the organisation has to say it in a letter.
    pub const fn needs_letter(self) -> bool {
        !matches!(self, Self::Legal)
    }
}

codes! {
    /// How it stands with a mandate. That it has expired is kept nowhere.
    MandateState {
        Asked = "asked", "asked", "待审批", "Waits for approval";
        Holds = "holds", "holds", "有效", "Holds";
        Refused = "refused", "refused", "不同意", "Refused";
        Ended = "ended", "ended", "已终止", "Ended";
        Expired = "expired", "expired", "已到期", "Expired";
    }
}

impl MandateState {
    /// How it stands at a time, of what is kept and when it ends by itself: neither a mandate nor a question outlives its last day.
    #[must_use]
    pub fn at(self, ends_at: Instant, now: Instant) -> Self {
        match self {
            Self::Asked | Self::Holds if ends_at <= now => Self::Expired,
            other => other,
        }
    }

    /// Whether anything can still be done about it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Holds)
    }
}

codes! {
    /// Which mandates a list shows.
    MandateShelf {
        Waiting = "waiting", "waiting", "待审批", "Waiting";
        Holding = "holding", "holding", "有效", "Holding";
        Over = "over", "over", "已结束", "Over";
    }
}

command! {
    /// AskMandate
    ///
    /// That the citizen acts for an organisation.
    AskMandate {
        /// Unified social credit code (GB 32100), 18 characters.
        credit_code: CreditCode,
        /// Its name as registered.
        organisation: Line<2, { length::ORGANISATION }>,
        /// What the citizen is there.
        acts_as: MandateRole,
        /// The citizen's own name.
        name: Line<1, { length::NAME }>,
        /// The city whose office decides: its division code, or one of a place in it.
        city: DivisionCode,
        /// The last day.
        valid_until: NaiveDate,
        /// Number and date of the letter of authority; needed of all but the legal representative.
        evidence: Option<Line<2, { EVIDENCE }>>,
    }
}

impl Together for AskMandate {
    fn check(sent: &Sent, check: &mut Check) {
        let acts_as = sent.peek::<MandateRole>("acts_as");
        if acts_as.is_some_and(MandateRole::needs_letter) && !sent.has("evidence") {
            check.add("evidence", Code::InputRequired);
        }
    }
}

/// A mandate, as its citizen and the staff of the city see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MandateView {
    /// Its id.
    pub id: MandateId,
    /// Counts its changes; from 1.
    pub version: i32,
    /// How it stands now.
    pub state: MandateState,
    /// The organisation's name.
    pub organisation: String,
    /// Its credit code.
    pub credit_code: String,
    /// What the citizen is there.
    pub acts_as: MandateRole,
    /// The citizen's name as given.
    pub name: String,
    /// The account's number, masked; absent when the account is closed, and for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The city whose office decides.
    pub city: Named,
    /// Number and date of the letter of authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub valid_until: NaiveDate,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub decided_at: Option<Instant>,
    /// By whom; absent for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// When it was ended before its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended_at: Option<Instant>,
    /// Who of staff ended it; absent where its citizen did, and for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    /// Why it was refused or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The mandates of a citizen, the newest first, and what asking for one needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnMandates {
    /// The mandates.
    pub items: Vec<MandateView>,
    /// The cities whose offices decide.
    pub cities: Vec<Named>,
    /// What the form begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A page of mandates of the reader's cities.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MandatePage {
    /// The mandates.
    pub items: Vec<MandateView>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A mandate that holds, as it is chosen when filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActsFor {
    /// Its id.
    pub id: MandateId,
    /// The organisation's name.
    pub organisation: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command as _;

    const WHOLE: &[(&str, &str)] = &[
        ("credit_code", "91350100M000100Y43"),
        ("organisation", "福州明理科技有限公司"),
        ("acts_as", "legal"),
        ("name", "陈明理"),
        ("city", "320100"),
        ("valid_until", "2027-03-02"),
    ];

    fn read(changed: &[(&str, &str)]) -> Result<AskMandate, Vec<(String, Code)>> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in WHOLE.iter().chain(changed) {
            pairs.retain(|(known, _)| known != name);
            pairs.push(((*name).to_owned(), (*value).to_owned()));
        }
        AskMandate::read(Sent::form(&pairs)).map_err(|fault| {
            let at = |it: crate::fault::FieldFault| (it.field, it.code);
            fault.fields.into_iter().map(at).collect()
        })
    }

    #[test]
    fn a_wrong_credit_code_is_told_at_its_field() {
        assert!(read(&[]).is_ok());
        let wrong = read(&[("credit_code", "91350100M000100Y44"), ("name", "")]);
        let told = vec![
            ("credit_code".to_owned(), Code::InputCreditCode),
            ("name".to_owned(), Code::InputRequired),
        ];
        assert_eq!(wrong, Err(told));
    }

    #[test]
    fn all_but_the_legal_representative_have_a_letter() {
        for role in ["agent", "in_charge"] {
            let without = read(&[("acts_as", role)]);
            let told = vec![("evidence".to_owned(), Code::InputRequired)];
            assert_eq!(without, Err(told), "{role}");
            let with = read(&[("acts_as", role), ("evidence", "授权书 2026-17 号")]);
            assert!(with.is_ok(), "{role}");
        }
    }

    #[test]
    fn it_expires_by_its_date_whatever_is_kept() {
        let (end, now) = (Instant(1_000), Instant(999));
        for state in [MandateState::Asked, MandateState::Holds] {
            assert_eq!(state.at(end, now), state);
            assert_eq!(state.at(end, end), MandateState::Expired);
        }
        for state in [MandateState::Refused, MandateState::Ended] {
            assert_eq!(state.at(end, end), state);
        }
    }
}
