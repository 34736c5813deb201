//! Masks for personal data (`domain.md` section 1): phone `138****5678`, name `张*`, ID number first and last four, address to the street.
//! Not here: who gets the plain value (`access`, with a reason and an audit row).
//! A mask never shows more than half of what it hides.

/// First three and last four characters of a phone number; shorter ones keep only the last two.
pub fn mask_phone(phone: &str) -> String {
    keep_ends(phone, 3, 4)
}

/// The family name, then one star.
pub fn mask_name(name: &str) -> String {
    let mut chars = name.trim().chars();
    match (chars.next(), chars.next()) {
        (None, _) => String::new(),
        (Some(_), None) => "*".to_owned(),
        (Some(first), Some(_)) => format!("{first}*"),
    }
}

/// First four and last four characters of an identity number.
pub fn mask_id(number: &str) -> String {
    keep_ends(number, 4, 4)
}

/// First four and last four characters. The code itself is public, and therefore names its organisation to everybody.
pub fn mask_credit_code(code: &str) -> String {
    keep_ends(code, 4, 4)
}

/// The first two characters of an organisation's name, mostly its place.
pub fn mask_organisation(name: &str) -> String {
    let chars: Vec<char> = name.trim().chars().collect();
    match chars.len() {
        0 => String::new(),
        1..=3 => "***".to_owned(),
        _ => chars[..2].iter().collect::<String>() + "***",
    }
}

/// A position in degrees to three places, about a hundred metres.
pub fn mask_degrees(degrees: f64) -> f64 {
    (degrees * 1000.0).round() / 1000.0
}

/// First character and domain of an e-mail address.
pub fn mask_email(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => format!("{}***@{domain}", local.chars().next().unwrap_or('*')),
        None => "***".to_owned(),
    }
}

/// The address as far as the street or town, or the road; numbers, buildings and rooms are hidden.
pub fn mask_address(address: &str) -> String {
    let chars: Vec<char> = address.trim().chars().collect();
    let end = |signs: &[char]| {
        chars
            .iter()
            .rposition(|c| signs.contains(c))
            .map(|at| at + 1)
    };
    let road = chars
        .iter()
        .position(|c| matches!(c, '路' | '街' | '巷' | '道' | '镇' | '乡'))
        .map(|at| at + 1);
    let road = road.map(|at| {
        if chars.get(at) == Some(&'道') {
            at + 1
        } else {
            at
        }
    });
    let keep = road.or_else(|| end(&['区', '县', '市'])).unwrap_or(0);
    if chars.is_empty() {
        return String::new();
    }
    if keep >= chars.len() {
        return chars.iter().collect();
    }
    chars[..keep].iter().collect::<String>() + "***"
}

fn keep_ends(text: &str, head: usize, tail: usize) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let n = chars.len();
    if n == 0 {
        return String::new();
    }
    let (head, tail) = if n > head + tail {
        (head, tail)
    } else {
        (0, 2.min(n / 2))
    };
    let stars = "*".repeat(n - head - tail);
    let start: String = chars[..head].iter().collect();
    let end: String = chars[n - tail..].iter().collect();
    format!("{start}{stars}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_those_of_the_domain_text() {
        assert_eq!(mask_phone("13812345678"), "138****5678");
        assert_eq!(mask_phone("02583601234"), "025****1234");
        assert_eq!(mask_phone("12345"), "***45");
        assert_eq!(mask_name("张三丰"), "张*");
        assert_eq!(mask_name("张"), "*");
        assert_eq!(mask_id("32010619900101002X"), "3201**********002X");
        assert_eq!(mask_email("zhang@example.cn"), "z***@example.cn");
        assert_eq!(
            mask_address("鼓楼区华侨路街道上海路12号3栋501室"),
            "鼓楼区华侨路***"
        );
        assert_eq!(mask_address("玄武区"), "玄武区");
        assert_eq!(mask_address("锦绣花园3栋"), "***");
        assert_eq!(mask_address("汉中门大街"), "汉中门大街");
        assert_eq!(mask_organisation("南京某某餐饮有限公司"), "南京***");
        assert_eq!(mask_organisation("某公司"), "***");
        assert_eq!(mask_credit_code("91320100MA1ABCDE2X"), "9132**********DE2X");
        assert!((mask_degrees(118.782_345_67) - 118.782).abs() < 1e-9);
        for mask in [
            mask_phone,
            mask_name,
            mask_id,
            mask_address,
            mask_organisation,
            mask_credit_code,
        ] {
            assert_eq!(mask(""), "");
        }
    }
}
