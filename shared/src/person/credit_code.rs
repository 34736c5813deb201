//! Unified social credit codes, GB 32100-2015: 18 characters, check characters mod 31 and (organisation part) mod 11, V04.
//! Not here: whether the organisation exists.
//! Letters I, O, S, V and Z do not occur.

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The code in upper case; `None` when it cannot be one.
pub fn check(text: &str) -> Option<String> {
    let code: String = crate::input::code(text)
        .to_ascii_uppercase()
        .chars()
        .filter(|c| *c != '-')
        .collect();
    let bytes = code.as_bytes();
    if bytes.len() != 18 || !bytes[2..8].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let values = bytes
        .iter()
        .map(|b| ALPHABET.iter().position(|a| a == b))
        .collect::<Option<Vec<_>>>()?;
    let sum: usize = values[..17]
        .iter()
        .enumerate()
        .map(|(i, value)| value * power_of_three(i))
        .sum();
    ((31 - sum % 31) % 31 == values[17]).then_some(code)
}

fn power_of_three(exponent: usize) -> usize {
    (0..exponent).fold(1, |power, _| power * 3 % 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_domain_text_is_valid() {
        assert!(check("91350100M000100Y43").is_some());
        assert_eq!(
            check("91350100m000100y43").as_deref(),
            Some("91350100M000100Y43")
        );
        assert_eq!(check("91350100M000100Y44"), None);
        assert_eq!(check(""), None);
    }

    #[test]
    fn uscc_cases_pass() {
        let Some(bytes) = crate::test_data::shared_data("oracles/uscc_cases.json") else {
            return;
        };
        let cases: Vec<serde_json::Value> =
            serde_json::from_slice(&bytes).expect("a list of cases");
        for case in &cases {
            let code = case["code"].as_str().expect("a code");
            assert_eq!(
                Some(check(code).is_some()),
                case["valid"].as_bool(),
                "{code}: {}",
                case["kind"]
            );
        }
        assert_eq!(cases.len(), 240);
    }
}
