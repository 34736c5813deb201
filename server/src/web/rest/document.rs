//! The description of the interface: what the handlers say of themselves, plus what is the same for all of them.
//! Deliberately absent: anything that depends on the running server; `minsheng openapi` prints the same text.
//! Kept in `docs/openapi.json`; a test compares the two.

use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::{
        self, Components, Content, OpenApi as Document, Ref, RefOr, Response,
        path::{Operation, PathItem},
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use shared::measure::UnitsOf;

use super::{PREFIX, described};
use crate::web::dress::{Failure, FieldFailure};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Minsheng 民声",
        description = "Tickets of a government hotline: register, dispatch, sign for, reply, review, follow up, close.\n\n\
            All times are RFC 3339 with +08:00. Errors are `{code, message, facts, fields?, incident?}`; codes are permanent, \
            messages follow `Accept-Language` (zh-CN or en). Unknown fields are refused.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "sessions", description = "Signing in"),
        (name = "account", description = "The own password and sessions; accounts, for who manages them"),
        (name = "rights", description = "Roles, posts of accounts and what they give"),
        (name = "keys", description = "The keys that sign access tokens"),
        (name = "tickets", description = "Registering and reading"),
        (name = "verbs", description = "What is done with a ticket"),
        (name = "assignments", description = "What a unit does with its share of a ticket"),
        (name = "approvals", description = "Applications that go from desk to desk: filing, and one path per verb"),
        (name = "processes", description = "Definitions with versions, what runs on them, and moving running cases"),
        (name = "files", description = "Files on cases: uploads in parts, lists, bytes"),
        (name = "jobs", description = "Long work that goes on behind the scenes: exports as files, and everything else of that kind"),
        (name = "notices", description = "The caller's own notices, and how the caller is told"),
        (name = "notifications", description = "Messages that reached nobody, what is done about them, messages that came in, and the doors of gateways"),
        (name = "public", description = "The citizen's side, without an account"),
        (name = "citizens", description = "Citizens who sign in by a code, and their own requests"),
        (name = "reports", description = "Numbers"),
        (name = "quality", description = "What the rules of quality find, and what is done about it"),
        (name = "registers", description = "The office's lists: rows, drafts, previews, publishing from a day"),
        (name = "directory", description = "Units, categories, divisions"),
        (name = "office", description = "Whether the office can open"),
    ),
    components(schemas(Failure, FieldFailure, UnitsOf)),
    modifiers(&Common),
)]
struct Head;

/// The scheme that every path but sign-in and look-up needs.
const BEARER: &str = "bearer";

struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut Document) {
        let words = "access_token of POST /sessions; cookies do not count";
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some(words))
            .build();
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme(BEARER, SecurityScheme::Http(scheme));
        document.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>(
            BEARER,
            [],
        )]);
        // A release does not change what it describes; the version of the interface does.
        document.info.version = "1".into();
    }
}

/// The whole description.
pub fn document() -> Document {
    let (_, mut document) = OpenApiRouter::with_openapi(Head::openapi())
        .nest(PREFIX, described().routes)
        .split_for_parts();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            complete(path, method, operation);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("get", &mut item.get),
        ("head", &mut item.head),
        ("post", &mut item.post),
        ("put", &mut item.put),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// What follows from the path: a unique name, and the errors that can come.
fn complete(path: &str, method: &str, operation: &mut Operation) {
    let words = path
        .strip_prefix(PREFIX)
        .unwrap_or(path)
        .replace(['{', '}'], "")
        .replace(['/', '-'], "_");
    operation.operation_id = Some(format!("{method}{words}"));
    let open = operation.security.as_ref().is_some_and(|needs| {
        needs
            .iter()
            .all(|need| *need == SecurityRequirement::default())
    });
    let mut errors = vec![
        ("413", "The body is too large"),
        (
            "422",
            "Something sent is not acceptable; `fields` says what",
        ),
        ("429", "Too many tries"),
        ("500", "A defect; `incident` stands in the log"),
        ("503", "Busy; try again"),
    ];
    if !open {
        errors.push(("401", "No token, or one that has ended"));
        errors.push(("403", "The right is missing"));
    } else if words == "_sessions" {
        errors.push(("401", "Wrong user name or password"));
    }
    if path.contains('{') || path.ends_with("/lookup") {
        errors.push(("404", "It does not exist, or not for this caller"));
    }
    if matches!(method, "post" | "patch") && !open {
        errors.push((
            "409",
            "Somebody was faster, or the ticket is in another state",
        ));
    }
    for (status, words) in errors {
        let schema = RefOr::Ref(Ref::from_schema_name(Failure::name()));
        let mut response = Response::new(words);
        response
            .content
            .insert("application/json".into(), Content::new(Some(schema)).into());
        operation
            .responses
            .responses
            .insert(status.into(), openapi::RefOr::T(response));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_described_with_security_and_errors() {
        let text = serde_json::to_value(document()).expect("the document is JSON");
        let paths = text["paths"].as_object().expect("there are paths");
        assert!(paths.len() > 20);
        for (path, item) in paths {
            for (method, operation) in item.as_object().expect("an item has operations") {
                let place = format!("{method} {path}");
                assert!(operation["summary"].is_string(), "{place} has no summary");
                assert!(
                    operation["responses"]["422"].is_object(),
                    "{place} has no errors"
                );
                let open = [
                    "post /sessions",
                    "post /sessions/provider-log-out",
                    "post /password-resets",
                    "post /public/lookup",
                    "post /citizen/codes",
                    "post /citizen/sessions",
                ];
                let open = open.contains(&place.replacen(PREFIX, "", 1).as_str());
                assert_eq!(
                    operation.get("security").is_some(),
                    open,
                    "{place}: security"
                );
            }
        }
        assert_eq!(
            text["components"]["securitySchemes"]["bearer"]["scheme"],
            "bearer"
        );
        assert!(text["components"]["schemas"]["Failure"].is_object());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let text = serde_json::to_value(document()).expect("the document is JSON");
        let mut missing = Vec::new();
        follow(&text, &text, &mut missing);
        assert!(missing.is_empty(), "{missing:?}");
    }

    fn follow(whole: &serde_json::Value, part: &serde_json::Value, missing: &mut Vec<String>) {
        if let Some(target) = part.get("$ref").and_then(|it| it.as_str())
            && whole.pointer(target.trim_start_matches('#')).is_none()
        {
            missing.push(target.to_owned());
        }
        match part {
            serde_json::Value::Object(map) => {
                map.values().for_each(|it| follow(whole, it, missing));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|it| follow(whole, it, missing)),
            _ => {}
        }
    }
}
