//! What is said of a definition, as a sentence: the words of its code, its facts by name, and what else stands behind it.
//! Not here: the codes with their words (`process::finding`), the check itself (`bpmn::check`).
//! Next: `obstacle`.

use super::Locale;
use super::obstacle::Told;
use crate::process::finding::{FindingCode, Remark};

/// The sentence for a remark, without a full stop.
pub fn sentence(remark: &Remark, locale: Locale) -> String {
    // What has no effect is told by its name; the column beside it says that it has none.
    if remark.code == FindingCode::NoEffect {
        let names: Vec<&str> = remark.facts.values().map(String::as_str).collect();
        return names.join(" ");
    }
    let mut sentence = remark.code.label(locale).to_owned();
    for (fact, value) in &remark.facts {
        let name = fact.label(locale);
        sentence.push_str(&match locale {
            Locale::Zh => format!("（{name}：{value}）"),
            Locale::En => format!(" ({name}: {value})"),
        });
    }
    if let Some(why) = &remark.why {
        let why = why.told(locale);
        sentence.push_str(&match locale {
            Locale::Zh => format!("：{why}"),
            Locale::En => format!(": {why}"),
        });
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::finding::Fact;
    use crate::process::obstacle::ConditionError;

    #[test]
    fn every_code_has_words_of_its_own_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for code in FindingCode::ALL {
            assert!(!code.label(Locale::Zh).is_ascii(), "{code}");
            assert!(code.label(Locale::En).is_ascii(), "{code}");
            assert!(seen.insert(code.label(Locale::Zh)), "{code}");
        }
    }

    #[test]
    fn every_fact_is_told_by_its_name() {
        for locale in [Locale::Zh, Locale::En] {
            for fact in Fact::ALL {
                let told = sentence(
                    &Remark::new(FindingCode::BadExpression).fact(*fact, "x-9"),
                    locale,
                );
                assert!(
                    told.contains("x-9") && told.contains(fact.label(locale)),
                    "{told}"
                );
            }
        }
    }

    #[test]
    fn what_stands_behind_is_told_too_and_comes_back_from_a_fault() {
        let remark = Remark::new(FindingCode::BadExpression)
            .fact(Fact::Expression, "a / 0")
            .because(ConditionError::DivisionByZero);
        assert_eq!(
            sentence(&remark, Locale::Zh),
            "表达式不能使用（表达式：a / 0）：除数为零"
        );
        assert_eq!(
            sentence(&remark, Locale::En),
            "the expression cannot be used (expression: a / 0): division by zero"
        );
        assert_eq!(Remark::from_json(&remark.to_json()), Some(remark));
    }
}
