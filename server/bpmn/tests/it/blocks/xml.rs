//! A tree of blocks as a BPMN file. Letters before the numbers say what an element is: `t` task or sub-process, `u` what undoes it,
//! `w` and `d` timers, `g` the task before a compensation, `s` and `j` splits and joins, `i` the item of a repetition.
//! Next: `oracle`.

use std::fmt::Write as _;

use super::tree::{Block, Kind, Many};

/// The whole file.
pub fn file(tree: &Block) -> String {
    let mut inside = String::new();
    scope(tree, &mut inside);
    format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">{inside}</process></definitions>"#
    )
}

/// A block between a start and an end.
fn scope(body: &Block, xml: &mut String) {
    let n = body.n;
    add(
        xml,
        format_args!(r#"<startEvent id="b{n}"/><endEvent id="e{n}"/>"#),
    );
    let (first, last) = write(body, xml);
    flow(xml, &format!("b{n}"), &first);
    flow(xml, &last, &format!("e{n}"));
}

fn add(xml: &mut String, text: std::fmt::Arguments<'_>) {
    xml.write_fmt(text).expect("writes");
}

fn flow(xml: &mut String, from: &str, to: &str) {
    add(
        xml,
        format_args!(r#"<sequenceFlow id="{from}-{to}" sourceRef="{from}" targetRef="{to}"/>"#),
    );
}

fn flow_if(xml: &mut String, from: &str, to: &str, condition: &str) {
    add(
        xml,
        format_args!(
            r#"<sequenceFlow id="{from}-{to}" sourceRef="{from}" targetRef="{to}"><conditionExpression>{condition}</conditionExpression></sequenceFlow>"#
        ),
    );
}

fn repetition(n: usize, many: Option<Many>) -> String {
    let Some(many) = many else {
        return String::new();
    };
    let enough = many.enough.map_or_else(String::new, |enough| {
        format!("<completionCondition>nrOfCompletedInstances &gt;= {enough}</completionCondition>")
    });
    format!(
        r#"<multiInstanceLoopCharacteristics isSequential="{}"><loopDataInputRef>l{n}</loopDataInputRef><inputDataItem name="i{n}"/>{enough}</multiInstanceLoopCharacteristics>"#,
        many.sequential
    )
}

const TIMER: &str =
    "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>";

/// Writes a block; gives its first and its last element.
fn write(block: &Block, xml: &mut String) -> (String, String) {
    let n = block.n;
    let single = |letter: char| (format!("{letter}{n}"), format!("{letter}{n}"));
    match &block.kind {
        Kind::Task { undo, many } => {
            task(n, *undo, *many, xml);
            single('t')
        }
        Kind::Auto => {
            add(xml, format_args!(r#"<task id="x{n}"/>"#));
            single('x')
        }
        Kind::Wait => {
            add(
                xml,
                format_args!(
                    r#"<intermediateCatchEvent id="w{n}">{TIMER}</intermediateCatchEvent>"#
                ),
            );
            single('w')
        }
        Kind::Undo { wait, one } => {
            let one = one.map_or_else(String::new, |one| format!(r#" activityRef="t{one}""#));
            add(
                xml,
                format_args!(
                    r#"<userTask id="g{n}"/><intermediateThrowEvent id="h{n}"><compensateEventDefinition waitForCompletion="{wait}"{one}/></intermediateThrowEvent>"#
                ),
            );
            flow(xml, &format!("g{n}"), &format!("h{n}"));
            (format!("g{n}"), format!("h{n}"))
        }
        Kind::Seq(blocks) => {
            let ends: Vec<(String, String)> = blocks.iter().map(|b| write(b, xml)).collect();
            for pair in ends.windows(2) {
                flow(xml, &pair[0].1, &pair[1].0);
            }
            (ends[0].0.clone(), ends[ends.len() - 1].1.clone())
        }
        Kind::Xor(blocks, _) | Kind::And(blocks) | Kind::Or(blocks, _) => {
            branches(block, blocks, xml)
        }
        Kind::Sub { body, many } => {
            let many = repetition(n, *many);
            add(xml, format_args!(r#"<subProcess id="t{n}">{many}"#));
            scope(body, xml);
            xml.push_str("</subProcess>");
            single('t')
        }
        Kind::Timed {
            interrupting,
            host,
            late,
        } => {
            let (on, _) = write(host, xml);
            let ends = write(late, xml);
            timed(n, *interrupting, (on, ends), xml)
        }
    }
}

/// A user task, with what undoes it.
fn task(n: usize, undo: bool, many: Option<Many>, xml: &mut String) {
    let many = repetition(n, many);
    add(
        xml,
        format_args!(r#"<userTask id="t{n}">{many}</userTask>"#),
    );
    if undo {
        add(
            xml,
            format_args!(
                r#"<boundaryEvent id="c{n}" attachedToRef="t{n}"><compensateEventDefinition/></boundaryEvent><userTask id="u{n}" isForCompensation="true"/><association id="a{n}" sourceRef="c{n}" targetRef="u{n}"/>"#
            ),
        );
    }
}

/// A timer on a border: one that interrupts leads back behind the activity, another to an end of its own.
fn timed(
    n: usize,
    interrupting: bool,
    (on, (first, last)): (String, (String, String)),
    xml: &mut String,
) -> (String, String) {
    add(
        xml,
        format_args!(
            r#"<boundaryEvent id="d{n}" attachedToRef="{on}" cancelActivity="{interrupting}">{TIMER}</boundaryEvent>"#
        ),
    );
    flow(xml, &format!("d{n}"), &first);
    if interrupting {
        add(xml, format_args!(r#"<exclusiveGateway id="j{n}"/>"#));
        flow(xml, &on, &format!("j{n}"));
        flow(xml, &last, &format!("j{n}"));
        (on, format!("j{n}"))
    } else {
        add(xml, format_args!(r#"<endEvent id="z{n}"/>"#));
        flow(xml, &last, &format!("z{n}"));
        (on.clone(), on)
    }
}

fn branches(block: &Block, blocks: &[Block], xml: &mut String) -> (String, String) {
    let n = block.n;
    let (split, join) = (format!("s{n}"), format!("j{n}"));
    let ends: Vec<(String, String)> = blocks.iter().map(|b| write(b, xml)).collect();
    let (kind, default) = match &block.kind {
        Kind::Xor(..) => ("exclusiveGateway", Some(blocks.len() - 1)),
        Kind::Or(..) => ("inclusiveGateway", Some(0)),
        _ => ("parallelGateway", None),
    };
    let attribute = default.map_or_else(String::new, |default| {
        format!(r#" default="{split}-{}""#, ends[default].0)
    });
    add(
        xml,
        format_args!(r#"<{kind} id="{split}"{attribute}/><{kind} id="{join}"/>"#),
    );
    for (at, (first, last)) in ends.iter().enumerate() {
        match &block.kind {
            Kind::Xor(..) if Some(at) != default => {
                flow_if(xml, &split, first, &format!("c{n} == {at}"));
            }
            Kind::Or(..) if Some(at) != default => {
                flow_if(xml, &split, first, &format!("o{n}[{at}]"));
            }
            _ => flow(xml, &split, first),
        }
        flow(xml, last, &join);
    }
    (split, join)
}
