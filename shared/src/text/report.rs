//! Words of the report pages, in both languages.
//! Not here: words of other areas, labels of code lists.
//! Add a constant where the page that shows it lives.

use super::{Text, text};

/// Keeps the import used until the area has words of its own.
pub const AREA: Text = text("", "");
