//! E-mail addresses: enough of a check to catch slips, never so much as to refuse a real address.
//! Not here: whether the mailbox exists.
//! Limits: RFC 5321, 64 characters before and 254 in all.

/// Whether the text can be an e-mail address.
pub fn check(text: &str) -> bool {
    let text = text.trim();
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let sound = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '@' | ',' | ';' | '<' | '>' | '(' | ')' | '"')
    };
    let labels = || {
        domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
    };
    !local.is_empty()
        && local.len() <= 64
        && text.len() <= 254
        && local.chars().all(sound)
        && domain.contains('.')
        && labels()
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn slips_are_caught_and_real_addresses_pass() {
        for text in [
            "a@b.cn",
            "li.si+12345@mail.example.com",
            "o'brien@例子.公司",
            " x_y@163.com ",
        ] {
            assert!(check(text), "{text}");
        }
        for text in [
            "",
            "a",
            "a@b",
            "@b.cn",
            "a@@b.cn",
            "a b@c.cn",
            "a@b..cn",
            "a@-b.cn",
            "a@b.cn\n",
            "<a@b.cn>",
            "a@b.cn, c@d.cn",
        ] {
            assert_eq!(check(text), text.trim() == "a@b.cn", "{text}");
        }
    }
}
