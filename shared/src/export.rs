//! What an export can bring beside the list itself, and what a template of exports says.
//! Not here: formats and jobs (`job`), headings and sentences (`text::export`), what stands in a row (services).
//! A key of a column is permanent: `phone`, or `own.` with the code of one of the office's own fields.

use serde::{Deserialize, Serialize};

use crate::job::ExportFormat;

codes! {
    /// Related parts of the exported tickets, each a sheet or a file of its own.
    ExportPart {
        Assignments = "assignments", "assignments", "承办", "Assignments";
        History = "history", "history", "办理过程", "History";
        FollowUps = "follow_ups", "follow_ups", "回访", "Follow-ups";
    }
}

/// Word that stands for personal data in the clear among what a standing approval covers.
pub const CLEAR: &str = "personal.clear";
/// Columns of one export at most.
pub const MOST_COLUMNS: usize = 64;
/// Letters of a template's name at most.
pub const MOST_NAME: usize = 40;
/// Templates of one person at most.
pub const MOST_TEMPLATES: usize = 50;

/// How an export is laid out: which columns in which order, in which format, with which related parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Layout {
    /// Keys of the columns in their order; every usual one when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Related parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ExportPart>,
}

impl Layout {
    /// Codes of the office's own fields among the columns.
    pub fn own(&self) -> impl Iterator<Item = &str> {
        let keys = self.columns.iter();
        keys.filter_map(|key| key.strip_prefix("own."))
    }
}

/// A template as somebody keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeepTemplate {
    /// What it is called; one's own of the same name is replaced.
    pub name: String,
    /// Keys of the columns in their order: `ticket_no`, `own.elevator_no`; every usual one when empty.
    #[serde(default)]
    pub columns: Vec<String>,
    /// How the file is written; CSV in UTF-8 when absent.
    #[serde(default)]
    pub format: Option<ExportFormat>,
    /// Related parts.
    #[serde(default)]
    pub parts: Vec<ExportPart>,
    /// Whether the people of one's unit may use it as well.
    #[serde(default)]
    pub shared: bool,
}

/// A template as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Keys of the columns in their order.
    pub columns: Vec<String>,
    /// How the file is written.
    pub format: ExportFormat,
    /// Related parts.
    pub parts: Vec<ExportPart>,
    /// Whether the people of the owner's unit may use it.
    pub shared: bool,
    /// Whose it is.
    pub owner: String,
    /// Whether it is the reader's own.
    pub is_own: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_fields_are_told_by_their_keys() {
        let layout = Layout {
            columns: ["ticket_no", "own.lift", "phone"]
                .map(str::to_owned)
                .to_vec(),
            parts: Vec::new(),
        };
        assert_eq!(layout.own().collect::<Vec<_>>(), ["lift"]);
        assert_eq!(Layout::default().own().count(), 0);
    }
}
