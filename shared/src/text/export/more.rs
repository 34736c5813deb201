//! Columns of the ticket export that stand in a file only where they are asked for: what became of the ticket, whence it came, what was ruled.
//! Not here: the columns of every file (the module above).
//! Read next: `services::exports::more`, which fills them in this order.

use crate::text::{Text, text};

/// Headings, permanent names and widths.
pub const MORE_COLUMNS: [(Text, &str, u16); 13] = [
    (
        text("答复内容（号码、门牌已隐去）", "Answer (numbers taken out)"),
        "answer",
        48,
    ),
    (text("来源系统", "System it came from"), "source_system", 16),
    (
        text("外部编号", "Number of another system"),
        "external_no",
        24,
    ),
    (text("标签", "Tags"), "tags", 24),
    (text("退回次数", "Times sent back"), "returns", 8),
    (text("催办次数", "Times urged"), "urges", 8),
    (text("反馈时间", "Replied"), "replied_at", 17),
    (text("办结审核时间", "Reviewed"), "reviewed_at", 17),
    (text("协办单位", "Assisting units"), "assisting_units", 32),
    (text("计入考核", "Counted in assessments"), "counted", 8),
    (text("不合理诉求", "Unreasonable demand"), "unreasonable", 8),
    (text("疑难工单", "Hard case"), "difficult", 8),
    (text("疑难认定时间", "Hard case since"), "difficult_at", 17),
];

/// Whether a key names one of them.
pub fn is_more(key: &str) -> bool {
    MORE_COLUMNS.iter().any(|(_, known, _)| *known == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::export::TICKET_KEYS;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        for (at, (_, key, _)) in MORE_COLUMNS.iter().enumerate() {
            assert!(!TICKET_KEYS.contains(key), "{key}");
            assert!(!MORE_COLUMNS[..at].iter().any(|(_, known, _)| known == key));
        }
    }
}
