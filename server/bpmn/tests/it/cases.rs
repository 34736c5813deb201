//! The shared cases of `../shared/data/bpmn`: steps that other engines agree on, and what must not be deployed.
//! Cases that the engine cannot do yet are listed with the missing feature; the list must only shrink.

use std::collections::BTreeMap;
use std::fs;

use bpmn::{Definition, Severity, replay};

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
    let cases: Vec<BTreeMap<String, String>> = serde_json::from_str(&text).expect("they read");
    let mut wrong = Vec::new();
    for case in &cases {
        let xml = fs::read_to_string(folder.join("models").join(&case["file"]))
            .expect("the model is there");
        let findings = Definition::parse(&xml).expect("it reads").check();
        let refused = findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        if refused != (case["deploy"] == "refuse") {
            let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
            wrong.push(format!(
                "{}: must {}, because {}; found {found:?}",
                case["file"], case["deploy"], case["reason"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
