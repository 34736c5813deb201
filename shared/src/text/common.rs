//! Words that several areas share, in both languages.
//! Not here: words of other areas, labels of code lists.
//! Add a constant where the page that shows it lives.

use super::{Text, text};

pub const PRODUCT: Text = text("民声 12345", "Minsheng 12345");
