//! Figures of a day or a month as they were frozen, with later adjustments and what is counted now.
//! Not here: freezing (`services::reports::frozen`).
//! What is frozen stays; a number that comes out otherwise later is an adjustment with its own moment and version.

use serde::{Deserialize, Serialize};

use super::Figure;
use crate::calendar::Instant;

/// A number at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenStep {
    /// What was counted.
    pub figure: Figure,
    /// Version of the formula.
    pub version: u32,
    /// When it was counted.
    pub as_of: Instant,
    /// SHA-256 of what was written, as hexadecimal digits.
    pub hash: String,
}

/// A measure in one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenLine {
    /// Four digits of the city; empty for all areas.
    pub city: String,
    /// Its name; empty for all areas.
    pub name: String,
    /// As it was frozen.
    pub frozen: FrozenStep,
    /// Adjustments since, the oldest first.
    pub adjustments: Vec<FrozenStep>,
    /// As it is counted now.
    pub current: Figure,
}

/// What is frozen of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenView {
    /// `yyyy-mm` or `yyyy-mm-dd`.
    pub period: String,
    /// When the current numbers were counted.
    pub as_of: Instant,
    /// By measure, then by area.
    pub lines: Vec<FrozenLine>,
    /// Frozen periods to choose from, the newest first.
    pub periods: Vec<String>,
}
