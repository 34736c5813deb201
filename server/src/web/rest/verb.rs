//! The verbs on tickets and assignments for programs: path, description and handler made of their descriptors.
//! Deliberately absent: the verbs (`shared::ticket::verbs`), what they change (`services::tickets`).
//! `version` is the one that the program saw; somebody else's change in between is 409. Two units never block each other.

use axum::{
    Json,
    extract::{FromRequest, Request},
    routing::post,
};
use serde_json::{Map, Value};
use services::tickets::{self, Act};
use shared::{
    command::{Command, Sent, named},
    ticket::{
        verbs::{self, On},
        view::Acted,
    },
};
use utoipa::openapi::{
    Content, HttpMethod, PathItem, Paths, Ref, RefOr, Required, Response,
    path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
    schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type},
};
use uuid::Uuid;

use super::{
    Answer, Refused,
    caller::Caller,
    doors::Doors,
    read::{Body, Id},
};
use crate::web::{Web, locale};

/// A command that is read as its fields say, all faults at once.
struct Read<C>(C);

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

async fn act<V: Act>(caller: Caller, Id(id): Id<Uuid>, Read(command): Read<V>) -> Answer<Acted> {
    let done = tickets::act(&caller.0, id, command).await;
    done.map(Json).map_err(|fault| caller.refuse(fault))
}

macro_rules! all {
    ($($command:ident),+) => { [$(door::<verbs::$command>),+] };
}

/// Opens a path per verb.
pub fn doors(doors: Doors) -> Doors {
    let all: [fn(Doors) -> Doors; _] = shared::ticket_verbs!(all);
    all.into_iter().fold(doors, |doors, open| open(doors))
}

fn door<V: Act>(doors: Doors) -> Doors {
    let verb = V::DESCRIPTOR.verb;
    let (tag, path, of) = match V::DESCRIPTOR.on {
        On::Assignment => (
            "assignments",
            format!("/assignments/{{id}}/{verb}"),
            "assignment",
        ),
        _ => ("verbs", format!("/tickets/{{id}}/{verb}"), "ticket"),
    };
    let (command, answer) = (V::described(), named::<Acted>());
    let operation = operation::<V>(of).tag(tag).build();
    let mut paths = Paths::new();
    paths
        .paths
        .insert(path, PathItem::new(HttpMethod::Post, operation));
    let schemas = [command.named, answer.named].concat();
    doors.open(V::DESCRIPTOR.need, (schemas, paths, post(act::<V>)))
}

fn operation<V: Act>(of: &str) -> OperationBuilder {
    let mut words = V::WORDS.lines().map(str::trim);
    let summary = words.next().unwrap_or_default();
    let more: Vec<&str> = words.filter(|line| !line.is_empty()).collect();
    let mut content = of_schema(V::NAME);
    content.example = serde_json::from_str(V::EXAMPLE).ok();
    let body = RequestBodyBuilder::new()
        .content("application/json", content)
        .required(Some(Required::True));
    let mut done = Response::new(format!("Done; the {of}'s new state and version"));
    done.content
        .insert("application/json".into(), of_schema("Acted").into());
    OperationBuilder::new()
        .summary(Some(summary))
        .description(Some(more.join(" ")).filter(|more| !more.is_empty()))
        .parameter(id(of))
        .parameter(key())
        .request_body(Some(body.build()))
        .response("200", done)
}

fn of_schema(name: &str) -> Content {
    Content::new(Some(RefOr::<Schema>::Ref(Ref::from_schema_name(name))))
}

fn id(of: &str) -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(format!("The {of}'s id")))
        .schema(Some(schema))
        .build()
}

fn key() -> Parameter {
    let words = "1 to 128 visible ASCII characters, made by the caller for this act";
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(words))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}
