//! Why a report could not be printed.
//! Not here: what people read about it (`shared::text::faults`); these words are for the log and the administrator.

use typst::diag::SourceDiagnostic;

use crate::fonts::PACKAGES;

/// Why a report could not be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintFault {
    /// The report has Chinese characters, and no font with any was found.
    #[error("no font with Chinese characters was found; {PACKAGES}")]
    NoChineseFont,
    /// The report could not be made into values for the template.
    #[error("the report cannot be handed to the template: {0}")]
    Values(String),
    /// The template could not be set: a defect of ours.
    #[error("the print could not be set: {0}")]
    Setting(String),
}

impl PrintFault {
    /// The messages of typst itself; they name places of the template and never texts of a report.
    pub(crate) fn setting(found: &[SourceDiagnostic]) -> Self {
        let words: Vec<&str> = found.iter().take(3).map(|it| it.message.as_str()).collect();
        Self::Setting(words.join("; "))
    }
}
