//! The shared cases of `../shared/data/bpmn`: steps that other engines agree on, and what must not be deployed.
//! Cases that the engine cannot do yet are listed with the missing feature; the list must only shrink.

use std::collections::BTreeMap;
use std::fs;

use bpmn::replay::{self, Written};
use bpmn::{Definition, Severity};

use crate::shared_data::folder;

/// Cases that do not pass yet: id and what is missing.
const NOT_YET: [(&str, &str); 0] = [];

#[test]
fn shared_cases_go_as_written() {
    let Some(folder) = folder("bpmn") else { return };
    let cases =
        replay::cases(&fs::read_to_string(folder.join("cases.json")).expect("the cases are there"))
            .expect("they read");
    let file = |name: &str| fs::read_to_string(folder.join("models").join(name)).ok();
    let not_yet = BTreeMap::from(NOT_YET);
    let mut wrong = Vec::new();
    for case in &cases {
        match (replay::play(case, &file), not_yet.get(case.id.as_str())) {
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Ok(()), Some(_)) => {
                wrong.push(format!("{} passes now; take it off the list", case.id));
            }
            (Err(difference), None) => wrong.push(format!("{}: {difference}", case.id)),
        }
    }
    assert_eq!(cases.len(), 86);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn definitions_are_refused_or_accepted_as_written() {
    let Some(folder) = folder("bpmn") else { return };
    let text = fs::read_to_string(folder.join("deploy_cases.json")).expect("the cases are there");
    let file = |name: &str| fs::read_to_string(folder.join("models").join(name)).ok();
    let cases = replay::written(&text).expect("they read");
    assert!(!cases.is_empty());
    for case in &cases {
        assert!(matches!(case, Written::Deploy(_)), "{}", case.name());
        if let Err(difference) = case.play(&file) {
            panic!("{}: {difference}", case.name());
        }
    }
}

/// A case that is written wrong is told, so that the others mean something.
#[test]
fn a_wrong_verdict_is_told() {
    let empty = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>"#;
    let file = |name: &str| (name != "gone").then(|| empty.to_owned());
    for (name, verdict, words) in [
        ("empty", "accept", "must be accepted (why), but: "),
        ("gone", "refuse", "the file gone is not there"),
    ] {
        let json = format!(r#"[{{"file":"{name}","deploy":"{verdict}","reason":"why"}}]"#);
        let cases = replay::written(&json).expect("it reads");
        let told = cases[0].play(&file).expect_err("differs").words;
        assert!(told.starts_with(words), "{told}");
    }
}

/// What runs here must also pass the check, so that nobody is kept from deploying it.
#[test]
fn models_of_the_cases_pass_the_check() {
    let Some(folder) = folder("bpmn") else { return };
    let cases =
        replay::cases(&fs::read_to_string(folder.join("cases.json")).expect("the cases are there"))
            .expect("they read");
    let mut wrong = Vec::new();
    for file in cases.iter().flat_map(|case| &case.files) {
        let xml = fs::read_to_string(folder.join("models").join(file)).expect("the model is there");
        let errors = Definition::parse(&xml)
            .expect("it reads")
            .check()
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error);
        wrong.extend(errors.map(|finding| format!("{file}: {finding}")));
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
