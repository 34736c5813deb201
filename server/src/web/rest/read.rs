//! Reading what a program sends: JSON bodies, ids in the path, names and values of the query.
//! Deliberately absent: rules about the values (`shared`, asked in the services).
//! Wrong types, missing and unknown fields are 422 with the field's path; nothing is guessed.

use std::sync::Arc;

use axum::{
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{header, request::Parts},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::command::{Command, Sent};
use shared::fault::{Code, Fault};

use super::{Refused, caller};
use crate::web::{
    Web,
    bounds::{self, budget::Held},
    locale,
};

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &Web) -> Result<Self, Refused> {
        let locale = locale::wished(request.headers());
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|it| it.to_str().ok());
        let json = kind.is_none_or(|kind| {
            kind.split(';')
                .next()
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        let read = async {
            if !json {
                return Err(Fault::new(Code::InputBody).fact("detail", "content-type"));
            }
            let held = request.extensions().get::<Arc<Held>>().cloned();
            let bytes = axum::body::to_bytes(request.into_body(), usize::MAX).await;
            parse(&bytes.map_err(|_| bounds::unreadable(held.as_ref()))?)
        };
        read.await
            .map(Self)
            .map_err(|fault| Refused::new(fault, locale))
    }
}

/// A command that is read as its fields say, all faults at once.
pub struct Read<C>(pub C);

impl<C: Command> FromRequest<Web> for Read<C> {
    type Rejection = Refused;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Refused> {
        let language = locale::wished(request.headers());
        let Body(fields) = Body::<Map<String, Value>>::from_request(request, web).await?;
        let command = C::read(Sent::json(fields));
        command
            .map(Self)
            .map_err(|fault| Refused::new(fault, language))
    }
}

/// Reads a whole JSON text.
///
/// # Errors
/// `input.body` when it is no JSON at all, `input.invalid` with the field otherwise.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        at_field(&path, error.inner())
    })?;
    reader
        .end()
        .map_err(|_| Fault::new(Code::InputBody).fact("detail", "json"))?;
    Ok(value)
}

fn at_field(path: &str, error: &serde_json::Error) -> Fault {
    if error.classify() != serde_json::error::Category::Data {
        return Fault::new(Code::InputBody).fact("detail", "json");
    }
    let words = error.to_string();
    let named = words.split('`').nth(1).unwrap_or_default();
    let below = |name: &str| {
        let parent = if path == "." { "" } else { path };
        let known = parent.is_empty() || parent == name || parent.ends_with(&format!(".{name}"));
        if known {
            if parent.is_empty() {
                name.to_owned()
            } else {
                parent.to_owned()
            }
        } else {
            format!("{parent}.{name}")
        }
    };
    // Types of the field's own say with a code what is wrong with a text.
    let own = words.split(" at line ").next().and_then(Code::parse);
    if let Some(code) = own {
        return Fault::field(path, code);
    }
    if words.starts_with("missing field") {
        Fault::field(&below(named), Code::InputRequired)
    } else if words.starts_with("unknown field") {
        // Names come from the body: only what could be a name of ours is said back.
        let plain = named.len() <= 40
            && named
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_');
        Fault::field(&below(if plain { named } else { "?" }), Code::InputBody)
    } else if path == "." {
        Fault::new(Code::InputBody).fact("detail", "object")
    } else if words.starts_with("unknown variant") {
        Fault::field(path, Code::InputCode)
    } else if words.contains("expected i32")
        || words.contains("expected f64")
        || words.contains("expected u8")
    {
        Fault::field(path, Code::InputNumber)
    } else {
        Fault::field(path, Code::InputBody)
    }
}

/// The `{id}` of the path; what is no id does not exist.
pub struct Id<T>(pub T);

impl<T: std::str::FromStr> FromRequestParts<Web> for Id<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refused> {
        let refused = Refused::new(Fault::missing(), caller::language(parts));
        let path = Path::<String>::from_request_parts(parts, web).await;
        match path.map(|Path(text)| text.parse::<T>()) {
            Ok(Ok(id)) => Ok(Self(id)),
            _ => Err(refused),
        }
    }
}

/// Names and values of the query, in order, repeated ones too.
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// The value of a name that may stand at most once, out of the allowed ones.
    ///
    /// # Errors
    /// `input.invalid` with the first name that is not allowed or stands twice.
    pub fn single<const N: usize>(&self, allowed: [&str; N]) -> Result<[Option<String>; N], Fault> {
        let mut found = [const { None }; N];
        for (name, value) in &self.0 {
            let place = allowed.iter().position(|it| it == name);
            match place {
                Some(place) if found[place].is_none() => found[place] = Some(value.clone()),
                _ => return Err(Fault::field(name, Code::InputQuery)),
            }
        }
        Ok(found)
    }
}

/// The number of rows that a page is asked for.
///
/// # Errors
/// `input.number` at `limit` for none between 1 and the most.
pub fn limit(text: Option<&str>, (usual, most): (u32, u32)) -> Result<u32, Fault> {
    match text.map(str::parse) {
        None => Ok(usual),
        Some(Ok(limit)) if (1..=most).contains(&limit) => Ok(limit),
        Some(_) => Err(Fault::field("limit", Code::InputNumber)),
    }
}

impl FromRequestParts<Web> for Pairs {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Refused> {
        let query = parts.uri.query().unwrap_or_default();
        let refused = || Refused::new(Fault::new(Code::InputQuery), caller::language(parts));
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| refused())?;
        // The decoder puts this sign where bytes are no UTF-8.
        let garbled = |text: &String| text.contains(char::REPLACEMENT_CHARACTER);
        if pairs
            .iter()
            .any(|(name, value)| garbled(name) || garbled(value))
        {
            return Err(refused());
        }
        Ok(Self(pairs))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use shared::{ids::UserId, ticket::Urgency};

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what is refused is looked at")]
    struct Sent {
        version: i32,
        lead: String,
        #[serde(default)]
        assisting: Vec<UserId>,
        #[serde(default)]
        urgency: Option<Urgency>,
    }

    #[test]
    fn types_of_their_own_say_what_is_wrong_with_a_text() {
        let role = |code: &str, grants: &str| {
            fault::<shared::account::posts::ComposeRole>(&format!(
                r#"{{"code": "{code}", "name": "查看员", "grants": "{grants}"}}"#
            ))
            .1
        };
        let at = |field: &str, code| vec![(field.to_owned(), code)];
        assert_eq!(role("X", "ticket.view:own"), at("code", Code::RoleCodeForm));
        for grants in [
            "ticket.view:own accounts.grant:all",
            "ticket.view:galaxy",
            "ticket.view",
            "ticket.view:own ticket.view:all",
        ] {
            assert_eq!(
                role("viewer", grants),
                at("grants", Code::RoleGrants),
                "{grants}"
            );
        }
        let post = r#"{"role": "viewer", "until": "2026-12-01"}"#;
        let post = fault::<shared::account::posts::GivePost>(post).1;
        assert_eq!(post, at("until", Code::InputMoment));
    }

    fn fault<T: DeserializeOwned>(text: &str) -> (Code, Vec<(String, Code)>) {
        let fault = parse::<T>(text.as_bytes())
            .err()
            .expect("the body is refused");
        (
            fault.code,
            fault
                .fields
                .into_iter()
                .map(|field| (field.field, field.code))
                .collect(),
        )
    }

    #[test]
    fn faults_name_their_field() {
        let field = |name: &str, code| (Code::InputInvalid, vec![(name.to_owned(), code)]);
        assert_eq!(
            fault::<Sent>("{\"version\":1}"),
            field("lead", Code::InputRequired)
        );
        assert_eq!(
            fault::<Sent>("{\"version\":\"1\",\"lead\":\"x\"}"),
            field("version", Code::InputNumber)
        );
        assert_eq!(
            fault::<Sent>("{\"version\":1,\"lead\":7}"),
            field("lead", Code::InputBody)
        );
        assert_eq!(
            fault::<Sent>("{\"version\":1,\"lead\":\"x\",\"extra\":1}"),
            field("extra", Code::InputBody)
        );
        assert_eq!(
            fault::<Sent>("{\"version\":1,\"lead\":\"x\",\"urgency\":\"soon\"}"),
            field("urgency", Code::InputCode)
        );
        assert_eq!(
            fault::<Sent>("{\"version\":1,\"lead\":\"x\",\"assisting\":[1]}"),
            field("assisting[0]", Code::InputBody)
        );
    }

    #[test]
    fn what_is_no_json_object_has_no_field() {
        for text in ["", "{", "[1", "{\"version\":1,\"lead\":\"x\"} {}", "\u{0}"] {
            assert_eq!(fault::<Sent>(text).0, Code::InputBody, "{text:?}");
        }
        assert_eq!(fault::<Sent>("7").0, Code::InputBody);
    }
}
