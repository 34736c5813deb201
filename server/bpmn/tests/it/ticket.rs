//! Every way through the shipped definition of a ticket's life.

use bpmn::{Code, Correlation, Definition, Effect, RunError, Severity, StartAt, Value};

use crate::story::{Story, TICKET, slot, vars};

fn registered() -> Story {
    Story::start(TICKET, StartAt::None, vars([]))
}

/// Dispatched to a lead unit and an assisting one.
fn dispatched() -> Story {
    let mut story = registered();
    let slots = vec![slot("a", "lead", "sign"), slot("b", "assist", "sign")];
    story.complete(
        "triage",
        [("decision", "dispatch".into()), ("slots", slots.into())],
    );
    story
}

/// One unit, all the way to the closing review.
fn answered() -> Story {
    let mut story = registered();
    story.complete(
        "triage",
        [
            ("decision", "dispatch".into()),
            ("slots", vec![slot("a", "lead", "sign")].into()),
        ],
    );
    story
        .complete("sign", [])
        .complete("handle", [])
        .complete("unit_review", [("approved", true.into())])
        .expect(&["closing_review"]);
    story
}

fn service_of(story: &Story) -> Option<&str> {
    story.effects.iter().find_map(|effect| match effect {
        Effect::ServiceCalled { service, .. } => Some(service.as_str()),
        _ => None,
    })
}

#[test]
fn shipped_definition_has_no_errors() {
    let def = Definition::parse(TICKET).expect("reads");
    assert_eq!(def.process_id(), "ticket-main");
    let findings = def.check();
    assert!(
        findings
            .iter()
            .all(|finding| finding.severity == Severity::Warning),
        "{findings:?}"
    );
    // An unknown decision must stop the verb instead of going some default way.
    let strict: Vec<&str> = findings
        .iter()
        .filter(|f| f.remark.code == Code::NoDefault)
        .map(|f| f.element.as_str())
        .collect();
    assert_eq!(
        strict,
        ["decision_choice", "review_choice", "outcome_choice"]
    );
    assert_eq!(findings.len(), 4, "{findings:?}");
}

#[test]
fn task_attributes_say_state_role_and_limit() {
    let def = Definition::parse(TICKET).expect("reads");
    let triage = def.element("triage").expect("is there");
    assert_eq!(
        (
            triage.kind(),
            triage.attr("state"),
            triage.attr("role"),
            triage.attr("limit")
        ),
        (
            "userTask",
            Some("TO_DISPATCH"),
            Some("dispatcher"),
            Some("dispatch")
        )
    );
    assert_eq!(triage.attr("verb"), Some("dispatch answer decline"));
    assert_eq!(
        def.element("withdrawn").and_then(|end| end.attr("state")),
        Some("WITHDRAWN")
    );
    assert!(def.element("nothing").is_none());
}

#[test]
fn answered_directly() {
    let mut story = registered();
    story
        .expect(&["triage"])
        .complete("triage", [("decision", "answer".into())])
        .expect(&["close_answered"]);
    assert_eq!(service_of(&story), Some("close"));
    story.complete("close_answered", []).ended("answered");
}

#[test]
fn declined_after_the_ruling() {
    let mut story = registered();
    story
        .complete("triage", [("decision", "decline".into())])
        .expect(&["confirm_decline"]);
    story
        .complete("confirm_decline", [("confirmed", false.into())])
        .expect(&["triage"]);
    story.complete("triage", [("decision", "decline".into())]);
    story
        .complete("confirm_decline", [("confirmed", true.into())])
        .ended("declined");
}

#[test]
fn an_unknown_decision_changes_nothing() {
    let story = registered();
    let task = story.instance.tasks()[0].id;
    let result = bpmn::complete(
        &story.def,
        &story.instance,
        task,
        vars([("decision", "perhaps".into())]),
    );
    assert_eq!(
        result,
        Err(RunError::NoFlow {
            element: "decision_choice".into()
        })
    );
    assert_eq!(story.open(), ["triage"]);
}

#[test]
fn every_unit_signs_handles_and_reviews() {
    let mut story = dispatched();
    story
        .expect(&["sign", "sign"])
        .complete_in("b", "sign", [])
        .expect(&["handle", "sign"]);
    story
        .complete_in("a", "sign", [])
        .complete_in("a", "handle", [])
        .expect(&["handle", "unit_review"]);
    story
        .complete_in("a", "unit_review", [("approved", false.into())])
        .expect(&["handle", "handle"]);
    story
        .complete_in("a", "handle", [])
        .complete_in("a", "unit_review", [("approved", true.into())])
        .expect(&["handle"]);
    story
        .complete_in("b", "handle", [])
        .complete_in("b", "unit_review", [("approved", true.into())])
        .expect(&["closing_review"]);
    // What one unit's review found stays in its slot.
    assert_eq!(story.instance.variable("approved"), None);
    assert_eq!(
        story.instance.waits().len(),
        1,
        "only the withdrawal is still awaited"
    );
}

#[test]
fn closed_after_the_follow_up() {
    let mut story = answered();
    story
        .complete(
            "closing_review",
            [("review", "pass".into()), ("exempt", false.into())],
        )
        .expect(&["follow_up"]);
    story
        .complete("follow_up", [("outcome", "close".into())])
        .expect(&["close"]);
    assert_eq!(service_of(&story), Some("close"));
    story.complete("close", []).ended("closed");
}

#[test]
fn closed_without_follow_up_when_exempt() {
    let mut story = answered();
    story
        .complete(
            "closing_review",
            [("review", "pass".into()), ("exempt", true.into())],
        )
        .expect(&["close_exempt"]);
    story.complete("close_exempt", []).ended("closed_exempt");
}

#[test]
fn back_from_the_review_goes_straight_to_handling() {
    let mut story = answered();
    story
        .complete(
            "closing_review",
            [
                ("review", "back".into()),
                ("slots", vec![slot("a", "lead", "handle")].into()),
            ],
        )
        .expect(&["handle"]);
    story
        .complete("handle", [])
        .complete("unit_review", [("approved", true.into())])
        .expect(&["closing_review"]);
}

#[test]
fn redo_after_the_follow_up() {
    let mut story = answered();
    story.complete("closing_review", [("review", "pass".into())]);
    story
        .complete(
            "follow_up",
            [
                ("outcome", "redo".into()),
                ("slots", vec![slot("a", "lead", "handle")].into()),
                ("cycle", 2.into()),
            ],
        )
        .expect(&["handle"]);
    assert_eq!(story.instance.variable("cycle"), Some(&Value::Int(2)));
}

#[test]
fn redo_of_a_closed_ticket_starts_at_the_slots() {
    let given = vars([
        ("entry", "redo".into()),
        ("slots", vec![slot("a", "lead", "handle")].into()),
    ]);
    let mut story = Story::start(TICKET, StartAt::Message("redo"), given);
    story.expect(&["handle"]);
}

#[test]
fn sent_back_and_given_to_another_unit() {
    let mut story = dispatched();
    story
        .message_to("a", "send_back", [])
        .expect(&["rule_on_return", "sign", "sign"]);
    story
        .complete("rule_on_return", [])
        .expect(&["sign", "sign"]);
    story
        .complete_in("a", "sign", [])
        .expect(&["handle", "sign"]);
    story
        .message_to("a", "send_back", [])
        .complete("rule_on_return", []);
    story
        .message_to("a", "reassigned", [("slot_stage", "sign".into())])
        .expect(&["sign", "sign"]);
    // The other slot has not noticed.
    story
        .complete_in("b", "sign", [])
        .expect(&["handle", "sign"]);
}

#[test]
fn a_slot_that_began_at_handling_is_signed_for_after_reassignment() {
    let mut story = registered();
    story
        .complete(
            "triage",
            [
                ("decision", "dispatch".into()),
                ("slots", vec![slot("a", "lead", "handle")].into()),
            ],
        )
        .expect(&["handle"]);
    story
        .message_to("a", "reassigned", [("slot_stage", "sign".into())])
        .expect(&["sign"]);
    let new = Value::from([
        ("slot", "a".into()),
        ("role", "lead".into()),
        ("stage", "handle".into()),
        ("unit", "320102".into()),
    ]);
    story
        .message_to(
            "a",
            "reassigned",
            [("slot_stage", "sign".into()), ("slot", new)],
        )
        .expect(&["sign"]);
    assert_eq!(
        story.instance.tasks()[0].vars["slot"].member("unit"),
        Some(&Value::from("320102"))
    );
    assert_eq!(story.instance.variable("slot_stage"), None);
}

#[test]
fn a_return_that_is_turned_down_leaves_the_work_open() {
    let mut story = dispatched();
    story
        .complete_in("a", "sign", [])
        .message_to("a", "send_back", [])
        .complete("rule_on_return", [])
        .expect(&["handle", "sign"]);
}

#[test]
fn an_assisting_unit_lets_go() {
    let mut story = dispatched();
    story
        .message_to("b", "send_back", [])
        .complete("rule_on_return", [])
        .message_to("b", "released", [])
        .expect(&["sign"]);
    story
        .complete("sign", [])
        .complete("handle", [])
        .complete("unit_review", [("approved", true.into())])
        .expect(&["closing_review"]);
}

#[test]
fn an_open_ruling_keeps_the_slot_until_it_is_ruled() {
    let mut story = registered();
    story.complete(
        "triage",
        [
            ("decision", "dispatch".into()),
            ("slots", vec![slot("a", "lead", "handle")].into()),
        ],
    );
    story
        .message("send_back", [])
        .complete("handle", [])
        .complete("unit_review", [("approved", true.into())]);
    story
        .expect(&["rule_on_return"])
        .complete("rule_on_return", [])
        .expect(&["closing_review"]);
}

#[test]
fn withdrawn_from_anywhere() {
    let mut story = dispatched();
    story
        .complete_in("a", "sign", [])
        .message_to("b", "send_back", [])
        .message("withdraw", []);
    let closed = story
        .effects
        .iter()
        .filter(|effect| {
            matches!(
                effect,
                Effect::TaskClosed {
                    completed: false,
                    ..
                }
            )
        })
        .count();
    assert_eq!(closed, 3, "handle, sign and the ruling are taken away");
    story.ended("withdrawn");
    let again = bpmn::message(
        &story.def,
        &story.instance,
        "withdraw",
        &Correlation::Any,
        vars([]),
    );
    assert_eq!(again, Err(RunError::Ended));
}

#[test]
fn a_message_for_a_slot_that_is_gone_is_refused() {
    let story = dispatched();
    let refused = bpmn::message(
        &story.def,
        &story.instance,
        "reassigned",
        &Correlation::scope("slot.slot", "c"),
        vars([]),
    );
    assert_eq!(
        refused,
        Err(RunError::NobodyWaits {
            name: "reassigned".into()
        })
    );
}

#[test]
fn a_saved_instance_goes_on_like_the_live_one() {
    let mut live = dispatched();
    let text = serde_json::to_string(&live.instance).expect("serialises");
    assert!(text.len() < 3_000, "{} bytes", text.len());
    let saved = serde_json::from_str(&text).expect("comes back");
    let mut other = Story {
        def: live.def.clone(),
        instance: saved,
        effects: Vec::new(),
    };
    live.complete_in("a", "sign", []).message("withdraw", []);
    other.complete_in("a", "sign", []).message("withdraw", []);
    assert_eq!(live.instance, other.instance);
    assert_eq!(live.effects, other.effects);
}
