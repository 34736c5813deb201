//! Each rule with a ticket that keeps it and one that breaks it.

use super::*;
use crate::application::ExtensionCaps;
use crate::calendar::Instant;
use crate::ticket::{AssignmentStatus, SlotRole, TicketState, Urgency};

const HOUR: i64 = 3_600_000;

fn hour(n: i64) -> Instant {
    Instant(1_772_413_200_000 + n * HOUR)
}

fn part(unit: &str, role: SlotRole) -> PartFacts {
    PartFacts {
        unit: unit.to_owned(),
        active: true,
        accused: false,
        role,
        cycle: 0,
        status: AssignmentStatus::Done,
        dispatched_at: hour(1),
        signed_at: Some(hour(2)),
        replied_at: Some(hour(10)),
        extended_days: 0,
        reply: Some(ReplyFacts {
            handling: "三月三日到现场查看，确认屋面防水层破损，已责成物业修复。".to_owned(),
            public_reply: "您反映的问题经查属实，已督促维修。请拨打02583600000。".to_owned(),
            contacted: true,
            tries: 1,
            likest: 40,
        }),
    }
}

/// A ticket that was handled by two units and closed after a call.
fn whole() -> Facts {
    Facts {
        now: hour(100),
        known: Known {
            place: true,
            category: true,
            caps: ExtensionCaps::default(),
        },
        state: TicketState::Closed,
        cycle: 0,
        urgency: Urgency::Normal,
        title: "屋顶漏水".to_owned(),
        content: "小区三幢屋顶漏水半年，请求维修。".to_owned(),
        phone: Some("13812345678".to_owned()),
        id_number: Some("11010519491231002X".to_owned()),
        credit_code: Some("91350100M000100Y43".to_owned()),
        accepted_at: hour(0),
        dispatched_at: Some(hour(1)),
        replied_at: Some(hour(10)),
        reviewed_at: Some(hour(12)),
        closed_at: Some(hour(15)),
        due_at: Some(hour(50)),
        answered: true,
        exempt: false,
        rated: true,
        visits: vec![hour(14)],
        voices: 1,
        parts: vec![part("A", SlotRole::Lead), part("B", SlotRole::Assist)],
        supervised: false,
        not_counted: false,
        ruled: false,
        asked: Vec::new(),
    }
}

fn broken(change: impl Fn(&mut Facts)) -> Vec<QualityRule> {
    let mut facts = whole();
    change(&mut facts);
    judge(&facts).into_iter().map(|hit| hit.rule).collect()
}

fn reply(facts: &mut Facts) -> &mut ReplyFacts {
    facts.parts[0].reply.as_mut().expect("a reply")
}

#[test]
fn a_sound_ticket_breaks_nothing() {
    assert!(judge(&whole()).is_empty(), "{:?}", judge(&whole()));
}

#[test]
fn each_rule_finds_its_own_fault_and_no_other() {
    use QualityRule as Q;
    type Change = fn(&mut Facts);
    let cases: [(Q, Change); 28] = [
        (Q::V01, |f| f.known.place = false),
        (Q::V02, |f| f.phone = Some("1381234567".to_owned())),
        (Q::V03, |f| {
            f.id_number = Some("110105194912310021".to_owned());
        }),
        (Q::V04, |f| {
            f.credit_code = Some("91350100M000100Y44".to_owned());
        }),
        (Q::V05, |f| f.reviewed_at = Some(hour(9))),
        (Q::V05, |f| f.closed_at = Some(hour(13))),
        (Q::V05, |f| f.parts[1].signed_at = Some(hour(0))),
        (Q::V06, |f| f.due_at = Some(hour(-1))),
        (Q::V07, |f| f.parts[0].extended_days = 11),
        (Q::V07, |f| {
            f.asked = vec![AskedFacts {
                asked_at: hour(51),
                due_at: Some(hour(50)),
            }];
        }),
        (Q::V08, |f| f.parts[1].role = SlotRole::Lead),
        (Q::V08, |f| f.parts[1].unit = "A".to_owned()),
        (Q::V08, |f| {
            f.parts[1].status = AssignmentStatus::Handling;
            f.parts[1].active = false;
        }),
        (Q::V08, |f| {
            f.state = TicketState::Handling;
            f.parts[0].status = AssignmentStatus::Returned;
        }),
        (Q::V09, |f| f.known.category = false),
        (Q::V13, |f| f.parts[1].accused = true),
        (Q::V14, |f| {
            f.state = TicketState::Handling;
            f.content = "楼道里有燃气泄漏的味道".to_owned();
        }),
        (Q::V16, |f| reply(f).handling = "已处理".to_owned()),
        (Q::V16, |f| {
            (reply(f).contacted, reply(f).tries) = (false, 2);
        }),
        (Q::V17, |f| reply(f).likest = 96),
        (Q::V18, |f| {
            reply(f).public_reply = "请联系王先生 138 1234 5678".to_owned();
        }),
        (Q::V19, |f| f.answered = false),
        (Q::V19, |f| f.reviewed_at = None),
        (Q::V19, |f| (f.visits, f.rated) = (Vec::new(), false)),
        (Q::V22, |f| f.not_counted = true),
        (Q::V22, |f| f.ruled = true),
        (Q::V24, |f| f.voices = 0),
        (Q::V30, |f| {
            f.state = TicketState::Handling;
            f.now = Instant(hour(50).0 + 31 * 24 * HOUR);
        }),
    ];
    for (rule, change) in cases {
        assert_eq!(broken(change), [rule], "{rule}");
    }
}

#[test]
fn what_only_looks_like_a_fault_is_none() {
    let fine: [fn(&mut Facts); 7] = [
        |f| {
            (f.state, f.supervised) = (TicketState::Handling, true);
            f.now = Instant(hour(50).0 + 31 * 24 * HOUR);
        },
        |f| f.parts[0].extended_days = 10,
        |f| (reply(f).contacted, reply(f).tries) = (false, 3),
        |f| reply(f).likest = 95,
        // Nobody is called where nobody wants an answer.
        |f| (f.visits, f.exempt) = (Vec::new(), true),
        // Danger that was graded as such, and one that is over.
        |f| {
            (f.urgency, f.state, f.content) =
                (Urgency::Critical, TicketState::Handling, "起火".to_owned());
        },
        |f| f.content = "起火".to_owned(),
    ];
    for (n, change) in fine.into_iter().enumerate() {
        assert!(broken(change).is_empty(), "{n}: {:?}", broken(change));
    }
}

#[test]
fn every_rule_stands_in_the_register_once_and_says_what_to_do() {
    assert_eq!(RULES.len(), QualityRule::ALL.len());
    for (row, code) in RULES.iter().zip(QualityRule::ALL) {
        assert_eq!(row.code, *code);
        let words = row.words;
        assert!(
            !words.wrong.zh.is_empty() && !words.wrong.en.is_empty(),
            "{code}"
        );
        let looked = row.standing == Standing::Looked;
        // What is not looked at says why, and what is says what to do.
        assert_eq!(looked, !words.todo.zh.is_empty(), "{code}");
        assert!(looked || !words.place.zh.is_empty(), "{code}");
    }
    assert_eq!(rule(QualityRule::V30).severity, Severity::Note);
}

#[test]
fn replies_are_alike_when_nearly_every_pair_of_letters_is_in_both() {
    let one = "经现场核实，该路段路灯损坏，已安排维修人员于当日更换，现已恢复照明，感谢您的监督。";
    assert_eq!(similarity(one, one), 100);
    assert_eq!(
        similarity(one, &one.replace('，', " ")),
        100,
        "signs do not count"
    );
    let day = one.replace("当日", "次日");
    assert!(
        (80..=TOO_SIMILAR).contains(&similarity(one, &day)),
        "{}",
        similarity(one, &day)
    );
    assert!(similarity(one, "您咨询的公积金提取条件，请携带身份证到窗口办理。") < 20);
    assert_eq!(
        (
            similarity("", ""),
            similarity("好", "好"),
            similarity("好", "坏")
        ),
        (0, 100, 0)
    );
}

#[test]
fn a_score_falls_by_what_open_findings_weigh() {
    let mut open = Open::default();
    open.add(Severity::Block, 1);
    open.add(Severity::Warn, 2);
    open.add(Severity::Note, 1);
    let usual = ScoreWeights::default();
    assert_eq!((open.total(), open.weight(usual)), (4, 10));
    assert_eq!(score(open, 100, usual), Some(900));
    assert_eq!(score(open, 3, usual), Some(0), "never below nothing");
    assert_eq!(score(Open::default(), 7, usual), Some(1_000));
    assert_eq!(score(open, 0, usual), None);
    let other = ScoreWeights::read("0, 1,1").expect("weights");
    assert!(score(open, 100, other) > score(open, 100, usual));
    assert_eq!(ScoreWeights::read(&other.to_text()), Ok(other));
    for text in ["", "1,2", "1,2,3,4", "-1,2,3", "101,1,1", "a,1,1"] {
        assert!(ScoreWeights::read(text).is_err(), "{text}");
    }
}
