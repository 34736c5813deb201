//! What pages and programs see of how a ticket left the office's hands: its seal once it is archived, and to whom it was handed over.
//! Not here: the ticket (`view`), what verbs take (`verbs`).

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ticket::SealPart;

/// How an archived ticket is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArchiveView {
    /// When it was archived.
    pub at: Instant,
    /// SHA-256 over the digests of its parts, 64 hexadecimal digits.
    pub seal: String,
    /// Lines of the history that are sealed.
    pub events: i32,
    /// Files that are sealed.
    pub files: i32,
    /// The part that is not what was sealed, as it was looked at just now.
    pub broken: Option<SealPart>,
    /// When address and position were erased at the citizen's word; the seal stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
}

/// A transfer (移交) to another body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferView {
    /// From 1.
    pub n: i32,
    /// Code of the body.
    pub body: String,
    /// The body's name of then.
    pub body_zh: String,
    /// The same in English.
    pub body_en: String,
    /// What was handed over.
    pub explanation: String,
    /// What the citizen reads.
    pub public_words: String,
    /// When it was entered.
    pub at: Instant,
    /// When it was done, where it was entered later than that.
    pub done_at: Option<Instant>,
    /// Who did it.
    pub by: Option<String>,
    /// Number under which the body took it.
    pub receipt: Option<String>,
    /// When the receipt was entered.
    pub receipt_at: Option<Instant>,
    /// The hotline went on with it as well.
    pub goes_on: bool,
}
