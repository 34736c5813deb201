//! Heads of columns without what people put around them: stars, brackets, line breaks, blanks, colons.
//! Not here: which heads are known (the importers).
//! `*工单编号（必填）` is 工单编号.

/// The head without decoration, in small letters.
pub fn plain_head(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in shared::input::code(text).chars() {
        match c {
            '(' | '[' | '【' | '〔' | '{' | '「' | '<' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' | '」' | '>' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            '_' => out.push('_'),
            _ => {}
        }
    }
    if out.is_empty() {
        // Brackets around the whole: 【内容】.
        return shared::input::code(text)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain_head;

    #[test]
    fn decoration_does_not_count() {
        for (head, plain) in [
            ("*工单编号（必填）", "工单编号"),
            ("受理\n时间", "受理时间"),
            ("标 题", "标题"),
            ("诉求内容*", "诉求内容"),
            ("诉求内容（已脱敏）", "诉求内容"),
            ("【内容】", "内容"),
            ("电话：", "电话"),
            ("\u{FEFF}编号", "编号"),
            ("Reply_Time", "reply_time"),
            ("ＩＤ", "id"),
            ("内容[500字以内]", "内容"),
            ("", ""),
        ] {
            assert_eq!(plain_head(head), plain, "{head:?}");
        }
    }
}
