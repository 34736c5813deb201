//! What stopped a case is told in both languages, whatever the engine says.

use bpmn::decision::DecisionError;
use bpmn::time::TimerError;
use bpmn::{ConditionError, RunError};
use shared::text::{Locale, incident_words};

fn conditions() -> Vec<ConditionError> {
    vec![
        ConditionError::TooLong,
        ConditionError::TooDeep,
        ConditionError::Syntax {
            at: 3,
            found: "}".to_owned(),
        },
        ConditionError::Refused {
            what: "run".to_owned(),
        },
        ConditionError::Missing {
            name: "days".to_owned(),
        },
        ConditionError::DivisionByZero,
        ConditionError::Overflow,
        ConditionError::Kinds {
            operation: "+",
            kinds: "text, int".to_owned(),
        },
        ConditionError::TooManySteps,
        ConditionError::TooLarge,
        ConditionError::NoTime {
            text: "x".to_owned(),
            wanted: "date or time",
        },
        ConditionError::Calendar {
            reason: "2 is too long".to_owned(),
        },
    ]
}

fn errors() -> Vec<RunError> {
    let element = || "step".to_owned();
    let mut all = vec![
        RunError::Fuel { what: "tokens" },
        RunError::UnknownProcess { process: element() },
        RunError::UnknownElement { element: element() },
        RunError::NoStart { process: element() },
        RunError::Ended,
        RunError::UnknownTask { task: 1 },
        RunError::UnknownTimer { timer: 1 },
        RunError::NobodyWaits { name: element() },
        RunError::NoFlow { element: element() },
        RunError::UncaughtError {
            element: element(),
            code: "E1".to_owned(),
        },
        RunError::UnknownDecision {
            element: element(),
            decision: "table".to_owned(),
        },
        RunError::Decision {
            element: element(),
            source: DecisionError::NotUnique {
                first: 1,
                second: 2,
            },
        },
        RunError::Decision {
            element: element(),
            source: DecisionError::Disagree {
                first: 1,
                second: 2,
            },
        },
        RunError::StillBusy { element: element() },
        RunError::Unsupported {
            element: element(),
            kind: "complexGateway".to_owned(),
        },
        RunError::BadLoop {
            element: element(),
            found: "-1".to_owned(),
        },
        RunError::BadVariable {
            name: element(),
            why: "too large",
        },
    ];
    for source in conditions() {
        all.push(RunError::Condition {
            element: element(),
            expression: "a".to_owned(),
            source: source.clone(),
        });
        all.push(RunError::Decision {
            element: element(),
            source: DecisionError::NoNumber(source),
        });
    }
    all
}

/// An incident keeps these words; its owner reads them in either language.
#[test]
fn every_error_of_the_engine_is_told_in_chinese() {
    let timers = [
        TimerError::Unreadable {
            text: "x".to_owned(),
        },
        TimerError::TooFar {
            text: "P9000Y".to_owned(),
        },
        TimerError::Calendar {
            text: "3 wd".to_owned(),
            reason: "the limit table has no x".to_owned(),
        },
    ];
    let all = errors()
        .iter()
        .map(ToString::to_string)
        .chain(timers.iter().map(ToString::to_string))
        .collect::<Vec<_>>();
    for words in all {
        let told = incident_words::in_language(&words, Locale::Zh);
        let letters = told
            .chars()
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        assert!(letters.count() >= 3, "{words} → {told}");
    }
}
