//! Organisation codes, GB 11714-1997: eight characters and a check character mod 11, before there were credit codes.
//! Not here: credit codes (`credit_code`), which carry this code inside.
//! Kept without the hyphen, in upper case.

use crate::input;

const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// The code in upper case without its hyphen; `None` when it cannot be one.
pub fn check(text: &str) -> Option<String> {
    let code: String = input::code(text)
        .to_uppercase()
        .chars()
        .filter(|c| *c != '-')
        .collect();
    let bytes = code.as_bytes();
    if bytes.len() != 9 {
        return None;
    }
    let mut sum = 0;
    for (b, weight) in bytes.iter().zip(WEIGHTS) {
        let value = match b {
            b'0'..=b'9' => u32::from(b - b'0'),
            b'A'..=b'Z' => u32::from(b - b'A') + 10,
            _ => return None,
        };
        sum += value * weight;
    }
    let check = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + u8::try_from(digit).ok()?,
    };
    (bytes[8] == check).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_example_of_the_standard_is_valid() {
        assert_eq!(check("D2143569-X").as_deref(), Some("D2143569X"));
        assert_eq!(check("d2143569x").as_deref(), Some("D2143569X"));
        assert_eq!(check("Ｄ２１４３５６９—Ｘ").as_deref(), Some("D2143569X"));
        for wrong in ["D2143569-1", "", "D214356X", "D21435690X", "张2143569X"] {
            assert_eq!(check(wrong), None, "{wrong}");
        }
    }
}
