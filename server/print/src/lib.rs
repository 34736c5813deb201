//! The print of a report: a PDF out of `shared::report::Report`, set by typst inside the process.
//! Knows nothing of tickets, tables, rights or HTTP; what a report says was decided before it comes here.
//! No text of a report is ever markup: it reaches the template as values, and the world of the template has no file, package or network.
//! Read next: `sheet` for what is printed and its bounds, `report.typ` for how it looks, docs/decisions/0017-print.md.

mod fault;
mod fonts;
mod sheet;
mod world;

use std::sync::{Mutex, PoisonError};

use shared::report::Report;
use shared::text::Locale;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards};

pub use fault::PrintFault;
pub use fonts::{Fonts, PACKAGES, USUAL_FOLDERS};
pub use sheet::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS};

/// One print at a time: setting takes all cores and, at its bounds, most of a gigabyte.
static PRESS: Mutex<()> = Mutex::new(());

/// Prints a report. The same report in the same language with the same fonts gives the same bytes.
///
/// # Errors
/// No font has Chinese characters though the report has them, or the template could not be set.
pub fn pdf(report: &Report, locale: Locale, fonts: &Fonts) -> Result<Vec<u8>, PrintFault> {
    let (sheet, has_chinese) = sheet::sheet(report, locale, fonts);
    if has_chinese && fonts.chinese().is_none() {
        return Err(PrintFault::NoChineseFont);
    }
    let world = world::Desk::new(&sheet, fonts)?;
    // What a print that panicked left behind is nothing: the lock guards no value.
    let held = PRESS.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = set(&world);
    // Nothing of a report stays in the memory of the setting.
    typst::comemo::evict(0);
    drop(held);
    bytes
}

fn set(world: &world::Desk<'_>) -> Result<Vec<u8>, PrintFault> {
    let document = typst::compile::<PagedDocument>(world).output;
    let document = document.map_err(|found| PrintFault::setting(&found))?;
    let options = PdfOptions {
        creator: typst::foundations::Smart::Custom(Some("Minsheng".to_owned())),
        standards: PdfStandards::default(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|found| PrintFault::setting(&found))
}
