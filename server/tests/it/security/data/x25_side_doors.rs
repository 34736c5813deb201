//! no entrance takes the name of a table with an id, and nothing is taken away, merged or archived without a right of its own.
//! Deliberately absent: whether the right is asked (`rights`), whose object it is (`x01_foreign_ids`).

use serde_json::Value;
use server::access::Kind;
use shared::access::Need;

use crate::security::entrances::{self, address};

/// Names by which a program would say which table it means.
const TABLES: [&str; 7] = [
    "table",
    "table_name",
    "entity",
    "model",
    "itemtype",
    "object_type",
    "type_name",
];

/// Words of what takes something away.
const TAKING: [&str; 9] = [
    "delete", "remove", "merge", "archive", "discard", "dismiss", "void", "gather", "close",
];

/// Names of all fields in the description, with where they stand.
fn fields(schema: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match schema {
        Value::Object(parts) => {
            for (name, part) in parts {
                if name == "properties"
                    && let Some(named) = part.as_object()
                {
                    found.extend(named.keys().map(|key| (at.to_owned(), key.clone())));
                }
                fields(part, at, found);
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| fields(part, at, found)),
        _ => {}
    }
}

#[test]
fn no_body_names_a_table() {
    let document = entrances::description();
    let mut found = Vec::new();
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("schemas");
    for (name, schema) in schemas {
        fields(schema, name, &mut found);
    }
    assert!(found.len() > 300, "{} fields", found.len());
    for (schema, field) in &found {
        let has_id = found
            .iter()
            .any(|(other, name)| other == schema && name == "id");
        let is_table = TABLES.contains(&field.as_str());
        assert!(!(is_table && has_id), "{schema} takes {field} and an id");
    }
}

#[test]
fn nothing_is_taken_away_without_a_right() {
    let mut seen = 0;
    for entry in entrances::all() {
        let (method, pattern) = address(&entry);
        let word = pattern.rsplit('/').next().unwrap_or_default();
        let takes = method == "DELETE" || (method == "POST" && TAKING.contains(&word));
        if !takes || entry.kind == Kind::Probe {
            continue;
        }
        seen += 1;
        let is_open = matches!(entry.need, Need::Nothing | Need::Watcher);
        assert!(!is_open, "{entry:?} takes something away and asks nothing");
    }
    assert!(seen > 15, "{seen} entrances take something away");
}
