//! The reference models of the standard's interchange group: read, written and read again, nothing may be lost.
//! Not here: running them; most are drawings.

use std::collections::BTreeMap;
use std::fs;

use bpmn::Definition;
use serde_json::Value as Json;
use shared::text::Locale;

use crate::shared_data::folder;

#[test]
fn reference_models_come_back_whole() {
    let Some(folder) = folder("bpmn") else { return };
    let text = fs::read_to_string(folder.join("miwg_expectations.json"))
        .expect("the expectations are there");
    let expectations: Vec<Json> = serde_json::from_str(&text).expect("they read");
    for expected in &expectations {
        let file = expected["file"].as_str().expect("a file");
        let xml = fs::read_to_string(folder.join("miwg").join(file)).expect("the model is there");
        let first = Definition::parse(&xml).unwrap_or_else(|error| panic!("{file}: {error}"));
        let again = Definition::parse(&first.to_xml())
            .unwrap_or_else(|error| panic!("{file} again: {error}"));
        assert_eq!(first.lost_in(&again), Vec::<String>::new(), "{file}");
        assert_eq!(first.to_xml(), again.to_xml(), "{file}");

        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        // The expectations count the elements that have an id.
        for element in again
            .tree()
            .elements
            .iter()
            .filter(|element| element.plain("id").is_some())
        {
            *counts.entry(element.local()).or_default() += 1;
        }
        for (kind, count) in expected["element_counts"].as_object().expect("counts") {
            assert_eq!(
                counts.get(kind.as_str()).copied(),
                count.as_u64(),
                "{file}: {kind}"
            );
        }
        processes(file, expected, &again);
        let drawn = bpmn::diagram::draw(&again, Locale::En, file, &BTreeMap::new());
        let drawn = drawn.unwrap_or_else(|| panic!("{file} has a layout"));
        roxmltree::Document::parse(&drawn).unwrap_or_else(|error| panic!("{file} drawn: {error}"));
        let _ = first.check();
    }
}

fn processes(file: &str, expected: &Json, found: &Definition) {
    for process in expected["processes"].as_array().expect("processes") {
        let id = process["id"].as_str().expect("an id");
        let read = found
            .process(id)
            .unwrap_or_else(|| panic!("{file}: process {id}"));
        assert_eq!(
            Some(read.nodes.len() as u64),
            process["flow_nodes"].as_u64(),
            "{file}: nodes of {id}"
        );
        let loose = expected["dangling_flow_refs"]
            .as_array()
            .map_or(0, Vec::len);
        let flows = process["sequence_flows"].as_u64().expect("a number") as usize;
        assert!(
            read.flows.len() <= flows && read.flows.len() + loose >= flows,
            "{file}: flows of {id}"
        );
    }
}

#[test]
fn the_shipped_definitions_come_back_whole() {
    for shipped in [crate::story::TICKET, crate::permit::PERMIT] {
        let first = Definition::parse(shipped).expect("reads");
        let again = Definition::parse(&first.to_xml()).expect("reads again");
        assert_eq!(first.lost_in(&again), Vec::<String>::new());
    }
}
