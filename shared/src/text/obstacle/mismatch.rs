//! What the consistency check found, a line each, in both languages.
//! Not here: the codes (`process::mismatch`).
//! For administrators: numbers, ids and names of events stand as they are stored.

use super::{Told, say};
use crate::application::ApplicationStatus;
use crate::approval::ApprovalStatus;
use crate::process::CaseKind;
use crate::process::mismatch::{Derived, Inconsistent, Line, Mismatch};
use crate::text::{Locale, Text, text};
use crate::ticket::{SealPart, TicketState};

const HISTORY: Text = text("办理历史", "History");
const STATE: Text = text("状态", "State");
const PROCESS: Text = text("流程、任务和定时", "Process, tasks and timers");
const DEADLINE: Text = text("期限", "Deadline");
const SEAL: Text = text("归档封存", "Seal of the archive");
const STRAY: Text = text("无主任务", "Tasks of no case");

impl Told for Line {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Found(found) => found.told(locale),
            Self::Told(words) => words.clone(),
        }
    }
}

impl Told for Inconsistent {
    fn told(&self, locale: Locale) -> String {
        let (case, id) = (self.case.label(locale), self.id);
        let what = sentence(&self.what, self.case, locale);
        say!(locale, "{case} {id}：{what}", "{case} {id}: {what}")
    }
}

/// Of a ticket, beside which it is told.
impl Told for Mismatch {
    fn told(&self, locale: Locale) -> String {
        sentence(self, CaseKind::Ticket, locale)
    }
}

/// A state of a kind of case in the reader's language.
fn state_of(case: CaseKind, word: &str, locale: Locale) -> String {
    let label = match case {
        CaseKind::Ticket => TicketState::parse(word).map(|it| it.label(locale)),
        CaseKind::Approval => ApprovalStatus::parse(word).map(|it| it.label(locale)),
        CaseKind::Application => ApplicationStatus::parse(word).map(|it| it.label(locale)),
    };
    label.unwrap_or(word).to_owned()
}

#[allow(clippy::too_many_lines, reason = "one sentence a code")]
fn sentence(what: &Mismatch, case: CaseKind, locale: Locale) -> String {
    let state_of = |word: &str| state_of(case, word, locale);
    match what {
        Mismatch::History {
            events,
            newest,
            counted,
        } => say!(
            locale,
            "办理历史有 {events} 行，最新一行是第 {newest} 行，记的是 {counted} 行",
            "the history has {events} lines, the newest is {newest}, and {counted} are counted"
        ),
        Mismatch::LastState { state, told } => {
            let (state, told) = (state_of(state), state_of(told));
            say!(
                locale,
                "状态是“{state}”，历史最后一行却是“{told}”",
                "the state is {state}, but the last line of the history led to {told}"
            )
        }
        Mismatch::MarkedOpen { state } => {
            let state = state_of(state);
            say!(
                locale,
                "状态是“{state}”，却标为未结束",
                "the state is {state}, but it is marked open"
            )
        }
        Mismatch::MarkedEnded { state } => {
            let state = state_of(state);
            say!(
                locale,
                "状态是“{state}”，却标为已结束",
                "the state is {state}, but it is marked ended"
            )
        }
        Mismatch::State { state, should } => {
            let (state, should) = (state_of(state), state_of(should));
            say!(
                locale,
                "状态是“{state}”，应是“{should}”",
                "the state is {state} instead of {should}"
            )
        }
        Mismatch::Waits {
            state,
            processes,
            tasks,
            waits,
        } => {
            let state = state_of(state);
            say!(
                locale,
                "状态是“{state}”，有 {processes} 个流程、{tasks} 个任务、{waits} 个定时、调用和等待",
                "the state is {state}, with {processes} processes, {tasks} tasks and {waits} timers, calls and listeners"
            )
        }
        Mismatch::StillWaits {
            state,
            tasks,
            waits,
        } => {
            let state = state_of(state);
            say!(
                locale,
                "状态是“{state}”，还有 {tasks} 个任务、{waits} 个定时、调用和等待",
                "the state is {state}, and {tasks} tasks and {waits} timers, calls and listeners are still there"
            )
        }
        Mismatch::Deadline { at, due, from } => {
            let (at, due, from) = (at.rfc3339(), due.rfc3339(), from.rfc3339());
            say!(
                locale,
                "期限是 {at}，从 {from} 算起应是 {due}",
                "the deadline is {at} instead of {due}, counted from {from}"
            )
        }
        Mismatch::Timers { kept, runs } => {
            let (kept, runs) = (numbers(kept), numbers(runs));
            say!(
                locale,
                "存的定时是 {kept}，流程里是 {runs}",
                "the timers are {kept} instead of {runs}"
            )
        }
        Mismatch::Timer { timer, at, due } => {
            let (at, due) = (at.rfc3339(), due.rfc3339());
            say!(
                locale,
                "定时 {timer} 在 {at} 响，应在 {due}",
                "timer {timer} rings at {at} instead of {due}"
            )
        }
        Mismatch::Listeners { kept, awaited } => {
            let (kept, awaited) = (kept.join(", "), awaited.join(", "));
            say!(
                locale,
                "存的等待是“{kept}”，流程在等“{awaited}”",
                "it listens to '{kept}' instead of '{awaited}'"
            )
        }
        Mismatch::Seal { part } => {
            let part = part_of_seal(part, locale);
            say!(
                locale,
                "归档封存后，“{part}”与封存时不一致",
                "the archived {part} is not what was sealed"
            )
        }
        Mismatch::Derived {
            what,
            kept,
            counted,
        } => {
            let what = name_of(what, locale);
            say!(
                locale,
                "“{what}”记的是 {kept}，按历史和台账应是 {counted}",
                "the {what} is {kept} instead of {counted}, as history and ledger have it"
            )
        }
        Mismatch::Stray => say!(
            locale,
            "有在办任务，却没有这个案件",
            "a task is open, and there is no such case"
        ),
        Mismatch::Unreadable => say!(locale, "流程状态读不出来", "its process cannot be read"),
    }
}

/// A part of a sealed ticket in the reader's language.
fn part_of_seal(word: &str, locale: Locale) -> String {
    SealPart::parse(word).map_or_else(|| word.to_owned(), |part| part.label(locale).to_owned())
}

/// A derived value in the reader's language.
fn name_of(word: &str, locale: Locale) -> String {
    Derived::parse(word).map_or_else(|| word.to_owned(), |it| it.label(locale).to_owned())
}

/// The kind of a difference in the reader's language: a derived value, or what else is compared.
pub fn kind(word: &str, locale: Locale) -> String {
    let known = match word {
        "history" => HISTORY,
        "state" => STATE,
        "process" => PROCESS,
        "deadline" => DEADLINE,
        "seal" => SEAL,
        "stray" => STRAY,
        _ => return name_of(word, locale),
    };
    known.get(locale).to_owned()
}

fn numbers(of: &[i64]) -> String {
    let all: Vec<String> = of.iter().map(i64::to_string).collect();
    format!("[{}]", all.join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::super::tests::{codes_of, facts, tagged};
    use super::*;

    #[test]
    fn every_mismatch_is_told_with_all_its_facts_and_comes_back() {
        let examples = [
            json!({"code": "history", "facts": {"events": 17, "newest": 19, "counted": 23}}),
            json!({"code": "last_state", "facts": {"state": "HANDLING", "told": "CLOSED"}}),
            json!({"code": "marked_open", "facts": {"state": "CLOSED"}}),
            json!({"code": "marked_ended", "facts": {"state": "HANDLING"}}),
            json!({"code": "waits", "facts": {"state": "CLOSED", "processes": 17, "tasks": 19, "waits": 23}}),
            json!({"code": "still_waits", "facts": {"state": "CLOSED", "tasks": 19, "waits": 23}}),
            json!({"code": "deadline", "facts": {"at": "2026-03-04T10:00:00+08:00", "due": "2026-03-05T10:00:00+08:00", "from": "2026-03-01T10:00:00+08:00"}}),
            json!({"code": "state", "facts": {"state": "CLOSED", "should": "HANDLING"}}),
            json!({"code": "timers", "facts": {"kept": [17], "runs": [19]}}),
            json!({"code": "timer", "facts": {"timer": 17, "at": "2026-03-04T10:00:00+08:00", "due": "2026-03-05T10:00:00+08:00"}}),
            json!({"code": "listeners", "facts": {"kept": ["papers"], "awaited": ["answer"]}}),
            json!({"code": "seal", "facts": {"part": "一处"}}),
            json!({"code": "derived", "facts": {"what": "一项", "kept": "甲", "counted": "乙"}}),
            json!({"code": "stray"}),
            json!({"code": "unreadable"}),
        ];
        let told_of: BTreeSet<String> = examples
            .iter()
            .map(|it| it["code"].as_str().expect("a code").to_owned())
            .collect();
        assert_eq!(told_of, codes_of::<Mismatch>(tagged()), "every code");
        for mut stored in examples {
            let mut all = Vec::new();
            facts(&stored, &mut all);
            stored["case"] = json!("ticket");
            stored["id"] = json!("01900000-0000-7000-8000-000000000001");
            let line: Line = serde_json::from_value(stored.clone()).expect("a line");
            assert!(matches!(line, Line::Found(_)), "{stored}");
            assert_eq!(serde_json::to_value(&line).expect("JSON"), stored);
            for (locale, begin) in [(Locale::Zh, "工单 0190"), (Locale::En, "Ticket 0190")] {
                let told = line.told(locale);
                let said = |fact: &String| told.contains(&state_of(CaseKind::Ticket, fact, locale));
                assert!(told.starts_with(begin) && all.iter().all(said), "{told}");
            }
        }
        let before: Line = serde_json::from_value(Value::from("state x: y")).expect("words");
        assert_eq!(before.told(Locale::Zh), "state x: y");
    }
}
