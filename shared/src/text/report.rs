//! Words of the report pages, in both languages.
//! Not here: words of other areas, labels of code lists.
//! Add a constant where the page that shows it lives.

use super::{Text, text};

pub const WHOLE_PROVINCE: Text = text(
    "省本级及地区待补充",
    "Province as a whole, or place to be completed",
);
pub const WHOLE_CITY: Text = text(
    "市本级及区县待补充",
    "City as a whole, or district to be completed",
);
pub const NO_CATEGORY: Text = text("分类待补充", "Category to be completed");
