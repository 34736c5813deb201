//! What prints reports as PDF, where the program was built with it (feature `print`, decision 17).
//! Not here: what a report says (`shared::report`), who may have it printed (`services::reports`), how it looks (the package `print`).
//! The fonts are looked for at the first print and stay: an office that puts one there starts the server again.

use std::{path::PathBuf, sync::OnceLock};

use print::{Fonts, PrintFault, USUAL_FOLDERS};
use shared::{
    fault::{Code, Fault},
    report::Report,
    text::Locale,
};

use crate::config::Settings;

/// Prints with typst.
pub struct Typst {
    folders: Vec<PathBuf>,
    fonts: OnceLock<Fonts>,
}

impl Typst {
    /// With the fonts of the folders that the settings name.
    pub fn new(settings: &Settings) -> Self {
        Self {
            folders: folders(settings),
            fonts: OnceLock::new(),
        }
    }

    fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| Fonts::find(&self.folders))
    }
}

impl services::reports::Printer for Typst {
    fn pdf(&self, report: &Report, locale: Locale) -> Result<Vec<u8>, Fault> {
        print::pdf(report, locale, self.fonts()).map_err(|error| told(&error))
    }
}

/// Folders in which fonts are looked for, in this order: those that are configured, the data folder's, the system's.
pub fn folders(settings: &Settings) -> Vec<PathBuf> {
    let own = settings.data_dir.join("fonts");
    let usual = USUAL_FOLDERS.map(PathBuf::from);
    let configured = settings.print_fonts.iter().cloned();
    configured.chain([own]).chain(usual).collect()
}

/// The fault for people; the cause stands in the log.
fn told(error: &PrintFault) -> Fault {
    tracing::error!(cause = %error, "a report could not be printed");
    Fault::new(match error {
        PrintFault::NoChineseFont => Code::PrintNoFont,
        PrintFault::Values(_) | PrintFault::Setting(_) => Code::Broken,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_configured_comes_first() {
        let settings = Settings {
            print_fonts: vec!["/srv/fonts".into()],
            data_dir: "/var/lib/minsheng".into(),
            ..Settings::default()
        };
        let folders = folders(&settings);
        assert_eq!(folders[0], PathBuf::from("/srv/fonts"));
        assert_eq!(folders[1], PathBuf::from("/var/lib/minsheng/fonts"));
        assert_eq!(folders.len(), 2 + USUAL_FOLDERS.len());
    }
}
