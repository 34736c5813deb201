//! The questionnaire by text message (短信评价): what whoever has its address reads, and the answers.
//! Not here: the same questions in a call (`verbs::FollowUp`), the rating by number and code (`verbs::Rate`).

use serde::{Deserialize, Serialize};

use super::rules::length;
use super::{Satisfaction, Solved, TicketNo};
use crate::calendar::Instant;
use crate::command;
use crate::command::{Sent, Together, Words};
use crate::fault::{Check, Code};

/// A questionnaire that waits for its answers. It says nothing of what is in the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireView {
    /// The ticket.
    pub ticket_no: TicketNo,
    /// Until when it can be answered.
    pub until: Instant,
}

command! {
    /// AnswerQuestionnaire
    ///
    /// The four questions, each on its own, once.
    AnswerQuestionnaire {
        /// Did the staff contact you?
        staff_contacted: bool,
        /// Is the handling report true?
        report_true: bool,
        /// Is it solved?
        solved: Solved,
        /// 1 to 5.
        satisfaction: Satisfaction,
        /// At most 1,000 characters.
        opinion: Option<Words<1, { length::EXPLANATION }>>,
    }
}

/// The answers in a text message: four digits (contacted 1 or 2, report true 1 or 2, solved 1 yes, 2 partly, 3 no, satisfaction 5 to 1), with
/// blanks or commas between as people type them, and what else is said behind them. Nothing where it is no such answer.
#[must_use]
pub fn in_text(text: &str) -> Option<AnswerQuestionnaire> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | '.' | '-');
    let typed = crate::input::line(text);
    let mut rest = typed.as_str();
    let mut digits = Vec::new();
    while digits.len() < 4 {
        let first = rest.chars().next().filter(char::is_ascii_digit)?;
        digits.push(first);
        rest = rest.strip_prefix(first)?.trim_start_matches(apart);
    }
    // A fifth digit makes it another number than an answer.
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let [contacted, is_true, solved, satisfaction] = digits[..] else {
        return None;
    };
    let yes = |digit: char| match digit {
        '1' => Some(true),
        '2' => Some(false),
        _ => None,
    };
    let solved = match solved {
        '1' => Solved::Yes,
        '2' => Solved::Partly,
        '3' => Solved::No,
        _ => return None,
    };
    let satisfaction = Satisfaction::parse(satisfaction.encode_utf8(&mut [0; 4]))?;
    Some(AnswerQuestionnaire {
        staff_contacted: yes(contacted)?,
        report_true: yes(is_true)?,
        solved,
        satisfaction: Some(satisfaction).filter(|it| it.is_rated())?,
        opinion: rest.parse().ok(),
    })
}

impl Together for AnswerQuestionnaire {
    fn check(sent: &Sent, check: &mut Check) {
        let given = sent.peek::<Satisfaction>("satisfaction");
        if given.is_some_and(|given| !given.is_rated()) {
            check.add("satisfaction", Code::InputCode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_answer_by_text_message() {
        for text in ["1115", " 1 1 1 5 ", "1，1，1，5", "１１１５"] {
            let answers = in_text(text).expect(text);
            assert!(answers.staff_contacted && answers.report_true);
            assert_eq!(answers.solved, Solved::Yes);
            assert_eq!(answers.satisfaction, Satisfaction::VerySatisfied);
            assert_eq!(answers.opinion, None);
        }
        let answers = in_text("2231 一直没人来").expect("answers");
        assert!(!answers.staff_contacted && !answers.report_true);
        assert_eq!(answers.solved, Solved::No);
        assert_eq!(answers.opinion.as_deref(), Some("一直没人来"));
        for text in [
            "",
            "5",
            "111",
            "11155",
            "1118",
            "3115",
            "13800138000",
            "谢谢1115",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
