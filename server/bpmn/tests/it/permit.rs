//! Every way through the shipped sample of an approval: three ways of voting, both outcomes, the reminder.
//! Not here: its drawing (`diagram`), what people may do to an approval besides (services).

use bpmn::{Definition, Effect, FieldKind, StartAt, TimerSpec, Value, Vars, change};

use shared::text::Locale;

use crate::story::{Story, vars};

/// The shipped sample.
pub const PERMIT: &str = include_str!("../../definitions/permit-sample.bpmn");

fn names(names: &[&str]) -> Value {
    let names: Vec<Value> = names.iter().map(|name| Value::from(*name)).collect();
    names.into()
}

const ALL: [&str; 5] = ["chen", "liu", "wang", "zhao", "sun"];

/// Filed and accepted, the reviewers asked.
fn asked(vote: &str, reviewers: &[&str]) -> Story {
    let given = vars([("vote", vote.into()), ("reviewers", names(reviewers))]);
    let mut story = Story::start(PERMIT, StartAt::None, given);
    story
        .expect(&["intake"])
        .complete("intake", [("approved", true.into())]);
    story
}

/// The task of one reviewer, if it is still open.
fn task_of(story: &Story, reviewer: &str) -> Option<u64> {
    let mine = |task: &bpmn::OpenTask| {
        task.element == "countersign" && task.vars.get("reviewer") == Some(&reviewer.into())
    };
    story.instance.tasks().into_iter().find(mine).map(|t| t.id)
}

/// A reviewer says yes or no, or nothing.
fn says(story: &mut Story, reviewer: &str, approved: Option<bool>) {
    let task = task_of(story, reviewer).expect("is asked");
    let given = approved.map_or_else(Vars::new, |approved| vars([("approved", approved.into())]));
    let step = bpmn::complete(&story.def, &story.instance, task, given).expect("is possible");
    story.instance = step.instance;
    story.effects = step.effects;
}

/// Services that were called and reviewers whose task was taken away, by the last step.
fn called(story: &Story) -> Vec<&str> {
    let called = story.effects.iter().filter_map(|effect| match effect {
        Effect::ServiceCalled { service, .. } => Some(service.as_str()),
        _ => None,
    });
    called.collect()
}

fn taken_away(story: &Story) -> usize {
    let gone = story.effects.iter().filter(|effect| {
        matches!(effect, Effect::TaskClosed { element, completed: false, .. } if element == "countersign")
    });
    gone.count()
}

#[test]
fn the_sample_has_nothing_that_needs_an_excuse() {
    let def = Definition::parse(PERMIT).expect("reads");
    assert_eq!(def.process_id(), "permit-sample");
    assert_eq!(def.check(), []);
    assert_eq!(bpmn::check::ignored(&def), []);
    assert_eq!((def.calls(), def.decisions()), (vec![], vec![]));
    let filed = def.element("filed").expect("is there");
    assert_eq!(filed.attr("initiator"), Some("true"));
    let decide = def.element("decide").expect("is there");
    assert_eq!(
        ["role", "unit", "limit", "papers"].map(|name| decide.attr(name)),
        [
            Some("unit_reviewer"),
            Some("initiator"),
            Some("1 wd"),
            Some("complete")
        ]
    );
    // Both languages wherever people read something.
    for process in def.processes() {
        for node in &process.nodes {
            let element = def.element(&node.id).expect("is there");
            let name = |locale| element.name_in(locale).unwrap_or_default();
            let (chinese, english) = (name(Locale::Zh), name(Locale::En));
            assert!(
                !chinese.contains(|c: char| c.is_ascii_alphabetic()),
                "{chinese}"
            );
            assert!(
                english.is_ascii() && !english.is_empty(),
                "{}: {english}",
                node.id
            );
        }
    }
}

#[test]
fn what_is_typed_into_its_form_starts_it() {
    let def = Definition::parse(PERMIT).expect("reads");
    let form = def.form("filed");
    let kinds: Vec<FieldKind> = form.iter().map(|field| field.kind).collect();
    assert_eq!(
        kinds,
        [
            FieldKind::Text,
            FieldKind::Text,
            FieldKind::Text,
            FieldKind::Number,
            FieldKind::Text,
            FieldKind::LongText,
            FieldKind::People,
            FieldKind::Choice
        ]
    );
    let typed = [
        "某公司",
        "管线改造",
        "人民路 1 号",
        "12",
        "13800000000",
        "",
        "chen, liu",
        "votes",
    ];
    let given: Vars = form
        .iter()
        .zip(typed)
        .map(|(field, text)| (field.id.clone(), field.read(text).expect(text)))
        .collect();
    assert_eq!(given["days"], 12.into());
    assert_eq!(given["note"], Value::Null);
    let missing: Vec<&str> = form
        .iter()
        .filter(|field| field.read("").is_err())
        .map(|field| field.id.as_str())
        .collect();
    assert_eq!(
        missing,
        ["applicant", "project", "place", "days", "reviewers", "vote"]
    );
    let checked = def.form("intake");
    assert_eq!((checked.len(), checked[0].kind), (1, FieldKind::Date));
    let mut story = Story::start(PERMIT, StartAt::None, given);
    story
        .complete("intake", [("approved", true.into())])
        .expect(&["countersign", "countersign"]);
}

#[test]
fn granted_with_number_and_notice() {
    let mut story = asked("all", &ALL[..2]);
    story.expect(&["countersign", "countersign"]);
    says(&mut story, "liu", Some(true));
    says(&mut story, "chen", Some(true));
    story
        .expect(&["decide"])
        .complete("decide", [("approved", true.into())]);
    assert_eq!(called(&story), ["licence.number"]);
    story.complete("number", [("licence", "占道〔2026〕1 号".into())]);
    assert_eq!(called(&story), ["notify.applicant"]);
    story.complete("tell", []).ended("granted");
}

#[test]
fn refused_by_the_intake_and_by_the_leader() {
    let given = vars([("vote", "all".into()), ("reviewers", names(&ALL))]);
    let mut story = Story::start(PERMIT, StartAt::None, given);
    story
        .complete("intake", [("approved", false.into())])
        .ended("refused");
    let mut story = asked("one", &ALL[..1]);
    says(&mut story, "chen", Some(true));
    story
        .complete("decide", [("approved", false.into())])
        .ended("refused");
}

#[test]
fn all_must_agree_and_one_no_ends_it() {
    let mut story = asked("all", &ALL);
    says(&mut story, "wang", Some(true));
    says(&mut story, "chen", Some(false));
    assert_eq!(taken_away(&story), 3);
    story.ended("refused");
}

#[test]
fn one_is_enough_and_the_others_need_not_vote() {
    let mut story = asked("one", &ALL);
    says(&mut story, "wang", Some(false));
    story.expect(&["countersign"; 4]);
    says(&mut story, "chen", Some(true));
    assert_eq!(taken_away(&story), 3);
    story.expect(&["decide"]);
}

#[test]
fn sixty_per_cent_are_enough_and_more_than_forty_against_end_it() {
    let mut story = asked("votes", &ALL);
    for (reviewer, vote) in [
        ("sun", false),
        ("chen", true),
        ("liu", false),
        ("wang", true),
    ] {
        says(&mut story, reviewer, Some(vote));
    }
    story.expect(&["countersign"]);
    says(&mut story, "zhao", Some(true));
    story.expect(&["decide"]);
    let mut story = asked("votes", &ALL);
    for reviewer in ["sun", "chen"] {
        says(&mut story, reviewer, Some(false));
    }
    story.expect(&["countersign"; 3]);
    says(&mut story, "liu", Some(false));
    assert_eq!(taken_away(&story), 2);
    story.ended("refused");
}

/// Whatever the order and wherever it stops: the outcome is that of all votes.
#[test]
fn stopping_early_never_changes_the_outcome() {
    for vote in ["all", "one", "votes"] {
        for people in 1..=ALL.len() {
            for ballots in 0..1_u32 << people {
                let ballot = |n: usize| ballots & (1 << n) != 0;
                let mut story = asked(vote, &ALL[..people]);
                // Every second time from the other end.
                let mut order: Vec<usize> = (0..people).collect();
                if ballots % 3 == 1 {
                    order.reverse();
                }
                for n in order {
                    if task_of(&story, ALL[n]).is_some() {
                        says(&mut story, ALL[n], Some(ballot(n)));
                    }
                }
                let yes = ballots.count_ones() as usize;
                let agreed = match vote {
                    "all" => yes == people,
                    "one" => yes > 0,
                    _ => yes * 100 >= 60 * people,
                };
                if agreed {
                    story.expect(&["decide"]);
                } else {
                    story.ended("refused");
                }
            }
        }
    }
}

#[test]
fn who_says_nothing_has_not_agreed() {
    for vote in ["all", "one", "votes"] {
        let mut story = asked(vote, &ALL[..1]);
        says(&mut story, "chen", None);
        story.ended("refused");
        // Nobody to ask is no agreement either; the form does not let it come so far.
        asked(vote, &[]).ended("refused");
    }
}

#[test]
fn signers_come_and_go_while_they_vote() {
    let mut story = asked("votes", &ALL[..3]);
    let first = task_of(&story, "chen").expect("is asked");
    let step = change::remove_turn(&story.def, &story.instance, first).expect("two are left");
    let next = step.instance.tasks()[0].id;
    let add = |story: &Story, instance: &bpmn::Instance, name: &str| {
        change::add_turn(&story.def, instance, next, name.into())
            .expect("one more")
            .instance
    };
    story.instance = add(&story, &step.instance, "zhao");
    story.instance = add(&story, &story.instance, "sun");
    // Four are left: two against are more than forty per cent.
    says(&mut story, "sun", Some(false));
    says(&mut story, "liu", Some(true));
    story.expect(&["countersign", "countersign"]);
    says(&mut story, "zhao", Some(true));
    says(&mut story, "wang", Some(true));
    story.expect(&["decide"]);
    assert_eq!(
        story.instance.variable("votes"),
        Some(
            &vec![true, true, true, false]
                .into_iter()
                .map(Value::from)
                .collect::<Vec<_>>()
                .into()
        ),
        "in the order in which they were asked"
    );
}

/// Decision open, its timer running.
fn to_decide() -> Story {
    let mut story = asked("one", &ALL[..1]);
    says(&mut story, "chen", Some(true));
    let timers = story.instance.timers();
    assert_eq!(timers.len(), 1);
    assert_eq!(timers[0].spec, TimerSpec::Duration("1 wd".to_owned()));
    story
}

fn ring(story: &mut Story) {
    let timer = story.instance.timers()[0].id;
    let step = bpmn::timer_due(&story.def, &story.instance, timer).expect("it runs");
    story.instance = step.instance;
    story.effects = step.effects;
}

#[test]
fn a_late_decision_is_reminded_of_and_waits_for_no_reminder() {
    let mut story = to_decide();
    ring(&mut story);
    story
        .expect(&["decide", "remind"])
        .complete("remind", [("approved", false.into())])
        .expect(&["decide"]);
    assert!(story.instance.timers().is_empty(), "it rings once");
    story
        .complete("decide", [("approved", true.into())])
        .complete("number", [])
        .complete("tell", [])
        .ended("granted");

    let mut story = to_decide();
    ring(&mut story);
    story
        .complete("decide", [("approved", true.into())])
        .complete("number", [])
        .expect(&["remind", "tell"])
        .complete("tell", [])
        .ended("granted");

    let mut story = to_decide();
    ring(&mut story);
    story
        .complete("decide", [("approved", false.into())])
        .ended("refused");
}

#[test]
fn a_decision_in_time_stops_the_timer() {
    let mut story = to_decide();
    story.complete("decide", [("approved", true.into())]);
    assert!(story.instance.timers().is_empty());
    let stopped = |effect: &&Effect| matches!(effect, Effect::TimerCancelled { .. });
    assert_eq!(story.effects.iter().filter(stopped).count(), 1);
}

#[test]
fn a_name_has_two_languages_where_the_file_gives_both() {
    let xml = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ms="https://minsheng.example/bpmn">
  <message id="m" name="paid" ms:name_en="Paid"/>
  <process id="p" name="缴费" ms:name_en="Payment">
    <startEvent id="both" name="提出" ms:name_en=" Filed "/>
    <userTask id="one" name="核对 Check" ms:name_en=""/>
    <userTask id="english" ms:name_en="Look"/>
    <endEvent id="none" name=" "/>
  </process>
</definitions>"#;
    let def = Definition::parse(xml).expect("reads");
    let both = |id: &str| {
        let element = def.element(id).expect("is there");
        [Locale::Zh, Locale::En].map(|locale| element.name_in(locale))
    };
    assert_eq!(both("both"), [Some("提出"), Some("Filed")]);
    assert_eq!(both("one"), [Some("核对 Check"); 2], "whole, in both");
    assert_eq!(both("english"), [Some("Look"); 2]);
    assert_eq!(both("none"), [None; 2]);
    assert_eq!(
        (def.name_in(Locale::Zh), def.name_in(Locale::En)),
        ("缴费", "Payment")
    );
    // A message's name is a code: nobody reads it in another language.
    let ignored = bpmn::check::ignored(&def);
    let ignored: Vec<(&str, &str)> = ignored
        .iter()
        .map(|it| (it.element.as_str(), it.name.as_str()))
        .collect();
    assert_eq!(ignored, [("m", "ms:name_en")]);
}
