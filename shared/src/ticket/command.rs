//! What is taken where the road is a verb's own: registering, the look at the citizen, the citizen's look-up. Decoded from forms, server functions
//! and REST bodies; limits are checked in `ticket::rules`, texts are counted in characters.
//! Not here: what the other verbs take (`verbs`), what comes back (`view`).

use serde::{Deserialize, Serialize};

use super::rules::length;
use super::{Channel, RequestKind, SubjectType, Urgency};
use crate::command;
use crate::command::{Together, Words};
use crate::ids::DraftId;

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

macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }

        impl crate::input::Tidy for $name {
            fn tidy(&mut self) {
                $(crate::input::Field::tidy(&mut self.$field, stringify!($field));)*
            }
        }
    )+};
}

/// Who speaks and how to reach them. Encrypted in the row; found only by the HMAC of phone, name and ID number.
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
}

commands! {
    /// Register (登记) a request.
    Register {
        /// What the citizen wants.
        kind: RequestKind,
        /// How it came in; the web form and the API key decide it for their callers. Defaults to web.
        #[serde(default = "default_channel")]
        channel: Channel,
        /// Short title; made from the content when absent. At most 60 characters.
        #[serde(default)]
        title: Option<String>,
        /// Who, when, where, what, wish: 10 to 4,000 characters.
        content: String,
        /// Division code: 6 digits, or 9 for a street.
        region: String,
        /// Address within the division, at most 200 characters.
        #[serde(default)]
        address: Option<String>,
        /// Longitude in degrees (GCJ-02), with latitude.
        #[serde(default)]
        lon: Option<f64>,
        /// Latitude in degrees (GCJ-02).
        #[serde(default)]
        lat: Option<f64>,
        /// When it happened: RFC 3339, or a date or time in +08:00 such as 2026-11-22 or 2026-11-22 14:05; not in the future.
        #[serde(default)]
        occurred_at: Option<String>,
        /// Leaf of the category tree, when known already.
        #[serde(default)]
        category: Option<String>,
        /// Urgency.
        #[serde(default = "default_urgency")]
        urgency: Urgency,
        /// Who speaks.
        #[serde(default = "default_subject")]
        subject_type: SubjectType,
        /// Name and ways to reach the citizen.
        #[serde(default)]
        citizen: Citizen,
        /// No identity at all: no citizen block is kept.
        #[serde(default)]
        anonymous: bool,
        /// Identity known to the centre, hidden from every unit.
        #[serde(default)]
        confidential: bool,
        /// Whether the citizen wants an answer.
        #[serde(default = "yes")]
        reply_required: bool,
        /// Photos uploaded under this draft.
        #[serde(default)]
        draft: Option<DraftId>,
        /// Number of the caller's earlier ticket on the same matter.
        #[serde(default)]
        repeat_of: Option<String>,
    }

    /// Public lookup by number and query code.
    Lookup { ticket_no: String, code: String, }
}

fn default_channel() -> Channel {
    Channel::Web
}
fn default_urgency() -> Urgency {
    Urgency::Normal
}
fn default_subject() -> SubjectType {
    SubjectType::Person
}
fn yes() -> bool {
    true
}
