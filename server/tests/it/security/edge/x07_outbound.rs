//! nothing that anybody sends is an address of another machine: the process calls only what its owner has configured.
//! Deliberately absent: the configured gateways, which follow no redirect and read so many bytes (`services::gateway::line`).
//! A field that takes such an address fails here, and its author writes the trial of loopback, private and changing names beside it.

use serde_json::Value;

use crate::security::entrances;

/// Names of fields that mean an address of a machine.
const NAMES: [&str; 12] = [
    "url",
    "uri",
    "href",
    "link_url",
    "callback",
    "callback_url",
    "webhook",
    "endpoint",
    "host",
    "redirect_uri",
    "image_url",
    "feed",
];

/// Fields of bodies that are said to be addresses, or are called so.
fn addresses(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(parts) => {
            if let Some(named) = parts.get("properties").and_then(Value::as_object) {
                for (name, field) in named {
                    let format = field["format"].as_str().unwrap_or_default();
                    if NAMES.contains(&name.as_str()) || matches!(format, "uri" | "url") {
                        found.push(name.clone());
                    }
                }
            }
            parts.values().for_each(|part| addresses(part, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| addresses(part, found)),
        _ => {}
    }
}

#[test]
fn nobody_names_a_machine_to_call() {
    let document = entrances::description();
    let mut found = Vec::new();
    let paths = document["paths"].as_object().expect("paths");
    let mut bodies = 0;
    for item in paths.values() {
        for operation in item.as_object().expect("operations").values() {
            let body = &operation["requestBody"];
            bodies += usize::from(!body.is_null());
            for referred in referred(body, &document) {
                addresses(&referred, &mut found);
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap_or_default();
                if NAMES.contains(&name) {
                    found.push(name.to_owned());
                }
            }
        }
    }
    assert!(bodies > 60, "{bodies} bodies are described");
    assert!(
        found.is_empty(),
        "fields that are addresses of machines: {found:?}"
    );
}

/// A body's schema with those that it names, one level deep and below.
fn referred(body: &Value, document: &Value) -> Vec<Value> {
    let (mut open, mut seen, mut all) = (vec![body.clone()], Vec::new(), Vec::new());
    while let Some(schema) = open.pop() {
        let mut names = Vec::new();
        names_in(&schema, &mut names);
        for name in names {
            if !seen.contains(&name) {
                open.push(document["components"]["schemas"][&name].clone());
                seen.push(name);
            }
        }
        all.push(schema);
    }
    all
}

fn names_in(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(parts) => {
            let name = parts.get("$ref").and_then(Value::as_str);
            names.extend(
                name.and_then(|name| name.rsplit('/').next())
                    .map(str::to_owned),
            );
            parts.values().for_each(|part| names_in(part, names));
        }
        Value::Array(parts) => parts.iter().for_each(|part| names_in(part, names)),
        _ => {}
    }
}
