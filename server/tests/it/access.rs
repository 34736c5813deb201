//! Every entry point stands in the access table (I13), and nothing stands there that does not exist.
//! Deliberately absent: whether the need is asked (`rights`, which calls every row).
//! The printed table is a snapshot, so that a change is read before it is accepted.

use std::{collections::BTreeSet, fmt::Write as _};

use server::{
    access::{self, Kind},
    cli, web,
};
use shared::access::Need;

fn table(kind: Kind) -> BTreeSet<String> {
    access::names(kind).into_iter().collect()
}

#[test]
fn pages_are_those_of_the_router() {
    let registered: BTreeSet<String> = web::pages::listing()
        .iter()
        .map(|it| it.path().to_owned())
        .collect();
    assert_eq!(table(Kind::Page), registered);
}

#[test]
fn server_functions_are_those_that_were_compiled_in() {
    web::pages::listing();
    let registered: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect();
    assert_eq!(table(Kind::Function), registered);
    assert!(
        registered.iter().all(|path| path.starts_with("/fn/")),
        "functions live under one prefix"
    );
}

#[test]
fn programs_paths_are_those_of_the_description() {
    let document = serde_json::to_value(web::rest::document()).expect("the document is JSON");
    let mut registered = BTreeSet::from([
        "GET /api/v1/openapi.json".to_owned(),
        "GET /api/v1/docs".to_owned(),
    ]);
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            registered.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    assert_eq!(table(Kind::Rest), registered);
}

#[test]
fn files_and_probes_are_those_of_the_router() {
    let names = |rows: &[(&str, Need)]| rows.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(table(Kind::File), names(web::FILES));
    assert_eq!(table(Kind::Probe), names(web::PROBES));
    assert_eq!(table(Kind::Scim), names(web::SCIM));
}

#[test]
fn commands_are_those_of_the_command_line() {
    assert_eq!(table(Kind::Command), cli::words().into_iter().collect());
}

#[test]
fn jobs_are_those_that_run() {
    let registered = services::jobs::JOBS.iter().map(|job| job.name.to_owned());
    assert_eq!(table(Kind::Job), registered.collect());
}

#[test]
fn the_table_reads() {
    let mut out = String::new();
    for entry in access::table() {
        let _ = writeln!(
            out,
            "{:<9} {:<48} {:?}",
            format!("{:?}", entry.kind),
            entry.name,
            entry.need
        );
    }
    insta::assert_snapshot!("access", out);
}
