//! Words of the page of the three rates together.
//! Not here: names of measures (beside their codes).

use crate::text::{Locale, Text, text};

pub const THREE: Text = text("三率综合", "The three rates together");
pub const WHY: Text = text(
    "按时联系率、解决率、满意率按权重合成一个值；权重在业务参数中设置，有生效日和历史版本。要按另一版权重重算某个时期，在这里填写那一版的权重即可。",
    "Contacted in time, solved and satisfied, weighed into one value. The weights are settings, with a day from which they hold and earlier versions; to reckon a period under another version, write its weights here.",
);
pub const WEIGHTS: Text = text(
    "权重（联系,解决,满意）",
    "Weights (contacted, solved, satisfied)",
);

/// The weights that were taken, beside those that hold.
pub fn weights(taken: &str, holding: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("本次权重 {taken}；现行权重 {holding}。"),
        Locale::En => format!("Weights taken: {taken}; those that hold now: {holding}."),
    }
}
