//! Definitions and decision tables: generated with every element that the engine knows, or a good file that was damaged.
//! Next: `texts`.

use std::fmt::Write as _;

use rand::Rng;
use rand::seq::IndexedRandom;

use super::texts;

/// The shipped definition, to be damaged.
const SHIPPED: &str = include_str!("../../../server/bpmn/definitions/ticket-main.bpmn");

/// A definition.
pub fn definition(random: &mut impl Rng) -> String {
    if random.random_ratio(1, 4) {
        return damaged(SHIPPED, random);
    }
    let made = generated(random);
    if random.random_ratio(1, 3) {
        damaged(&made, random)
    } else {
        made
    }
}

/// A decision table.
pub fn decision(random: &mut impl Rng) -> String {
    let policies = [
        "UNIQUE",
        "FIRST",
        "PRIORITY",
        "ANY",
        "COLLECT",
        "RULE ORDER",
        "OUTPUT ORDER",
        "",
    ];
    let policy = policies.choose(random).unwrap_or(&"");
    let aggregation = ["", "aggregation=\"SUM\"", "aggregation=\"MAX\""]
        .choose(random)
        .unwrap_or(&"");
    let mut xml = format!(
        r#"<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d"><decisionTable hitPolicy="{policy}" {aggregation}>"#
    );
    let (inputs, outputs) = (random.random_range(0..3), random.random_range(0..3));
    for _ in 0..inputs {
        let text = escaped(&texts::condition(random));
        let _ = write!(
            xml,
            "<input><inputExpression><text>{text}</text></inputExpression></input>"
        );
    }
    for n in 0..outputs {
        let _ = write!(xml, "<output name=\"o{n}\"/>");
    }
    for _ in 0..random.random_range(0..5) {
        xml.push_str("<rule>");
        for _ in 0..inputs {
            let text = escaped(&texts::condition(random));
            let _ = write!(xml, "<inputEntry><text>{text}</text></inputEntry>");
        }
        for _ in 0..outputs {
            let text = escaped(&texts::condition(random));
            let _ = write!(xml, "<outputEntry><text>{text}</text></outputEntry>");
        }
        xml.push_str("</rule>");
    }
    xml.push_str("</decisionTable></decision></definitions>");
    if random.random_ratio(1, 5) {
        damaged(&xml, random)
    } else {
        xml
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn generated(random: &mut impl Rng) -> String {
    let mut xml = String::from(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ms="https://minsheng.example/bpmn"><message id="m" name="m"/><signal id="g" name="g"/><escalation id="x" escalationCode="X"/><error id="r" errorCode="E"/><process id="p">"#,
    );
    let mut number = 0;
    container(random, &mut xml, &mut number, 0);
    xml.push_str("</process></definitions>");
    xml
}

/// Some nodes, their loops and border events, and flows between them.
fn container(random: &mut impl Rng, xml: &mut String, number: &mut u32, depth: u32) {
    let first = *number;
    let count = random.random_range(1..8_u32);
    if random.random_ratio(4, 5) {
        let _ = write!(
            xml,
            r#"<startEvent id="s{first}"/><sequenceFlow id="fs{first}" sourceRef="s{first}" targetRef="n{first}"/>"#
        );
    }
    let mut inside = Vec::new();
    for _ in 0..count {
        let id = *number;
        *number += 1;
        inside.push(id);
        node(random, xml, number, depth, id);
    }
    for n in 0..random.random_range(0..count * 2) {
        let (Some(from), Some(to)) = (inside.choose(random), inside.choose(random)) else {
            return;
        };
        let condition = if random.random_ratio(1, 4) {
            format!(
                "<conditionExpression>{}</conditionExpression>",
                escaped(&texts::condition(random))
            )
        } else {
            String::new()
        };
        let _ = write!(
            xml,
            r#"<sequenceFlow id="f{first}-{n}" sourceRef="n{from}" targetRef="n{to}">{condition}</sequenceFlow>"#
        );
    }
}

fn node(random: &mut impl Rng, xml: &mut String, number: &mut u32, depth: u32, id: u32) {
    let tasks = [
        "userTask",
        "receiveTask",
        "manualTask",
        "task",
        "userTask",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "endEvent",
        "intermediateThrowEvent",
        "intermediateCatchEvent",
    ];
    let subs = [
        ("subProcess", ""),
        ("subProcess", "triggeredByEvent=\"true\""),
        ("transaction", ""),
        ("adHocSubProcess", ""),
    ];
    if depth < 4 && random.random_ratio(1, 5) {
        let (kind, attributes) = subs.choose(random).unwrap_or(&subs[0]);
        let _ = write!(
            xml,
            r#"<{kind} id="n{id}" {attributes}>{}"#,
            repetition(random)
        );
        container(random, xml, number, depth + 1);
        let _ = write!(xml, "</{kind}>");
    } else if random.random_ratio(1, 12) {
        let _ = write!(xml, r#"<callActivity id="n{id}" calledElement="p"/>"#);
    } else if random.random_ratio(1, 11) {
        let text = escaped(&texts::condition(random));
        let _ = write!(
            xml,
            r#"<scriptTask id="n{id}"><script>a = {text}</script></scriptTask>"#
        );
    } else {
        let kind = tasks.choose(random).unwrap_or(&"task");
        let inside = if kind.ends_with("Event") {
            event(random)
        } else if kind.ends_with("ask") {
            repetition(random)
        } else {
            String::new()
        };
        let _ = write!(xml, r#"<{kind} id="n{id}">{inside}</{kind}>"#);
    }
    if random.random_ratio(1, 5) {
        let interrupting = random.random_ratio(1, 2);
        let _ = write!(
            xml,
            r#"<boundaryEvent id="b{id}" attachedToRef="n{id}" cancelActivity="{interrupting}">{}</boundaryEvent><userTask id="h{id}" isForCompensation="true"/><association sourceRef="b{id}" targetRef="h{id}"/><sequenceFlow id="fb{id}" sourceRef="b{id}" targetRef="n{id}"/>"#,
            event(random)
        );
    }
}

fn repetition(random: &mut impl Rng) -> String {
    let sequential = random.random_ratio(1, 2);
    match random.random_range(0..10_u8) {
        0 => format!(
            r#"<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality>{}</loopCardinality></multiInstanceLoopCharacteristics>"#,
            random.random_range(0..4_u8)
        ),
        1 => format!(
            r#"<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopDataInputRef>c</loopDataInputRef><inputDataItem name="i"/><completionCondition>{}</completionCondition></multiInstanceLoopCharacteristics>"#,
            escaped(&texts::condition(random))
        ),
        2 => r#"<standardLoopCharacteristics loopMaximum="2"/>"#.to_owned(),
        _ => String::new(),
    }
}

fn event(random: &mut impl Rng) -> String {
    match random.random_range(0..12_u8) {
        0 => r#"<messageEventDefinition messageRef="m"/>"#.to_owned(),
        1 => r#"<signalEventDefinition signalRef="g"/>"#.to_owned(),
        2 => format!(
            "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>",
            escaped(&texts::timer(random))
        ),
        3 => "<compensateEventDefinition/>".to_owned(),
        4 => "<cancelEventDefinition/>".to_owned(),
        5 => r#"<errorEventDefinition errorRef="r"/>"#.to_owned(),
        6 => r#"<escalationEventDefinition escalationRef="x"/>"#.to_owned(),
        7 => "<terminateEventDefinition/>".to_owned(),
        8 => format!(
            "<conditionalEventDefinition><condition>{}</condition></conditionalEventDefinition>",
            escaped(&texts::condition(random))
        ),
        9 => r#"<linkEventDefinition name="l"/>"#.to_owned(),
        _ => String::new(),
    }
}

/// Cuts, doubles, exchanges or fills in some places.
fn damaged(text: &str, random: &mut impl Rng) -> String {
    let mut text = text.to_owned();
    for _ in 0..random.random_range(1..4_u8) {
        let from = place(&text, random);
        let to = floor(&text, from + random.random_range(0..80_usize)).max(from);
        let piece = text[from..to].to_owned();
        match random.random_range(0..4_u8) {
            0 => text.replace_range(from..to, ""),
            1 => text.insert_str(from, &piece),
            2 => {
                let junk = [
                    "<",
                    "\"",
                    "&#0;",
                    "]]>",
                    "<!--",
                    "\u{202e}",
                    "<a/>",
                    "id=\"n1\"",
                    "🙂",
                ];
                text.insert_str(from, junk.choose(random).unwrap_or(&"<"));
            }
            _ => {
                let elsewhere = place(&text, random);
                text.insert_str(elsewhere, &piece);
            }
        }
    }
    text
}

fn place(text: &str, random: &mut impl Rng) -> usize {
    floor(text, random.random_range(0..=text.len()))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
