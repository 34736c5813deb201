//! The verbs on cases of every kind for programs: path, description and handler made of their descriptors.
//! Deliberately absent: the verbs (`shared::verb`), what they change (services).
//! `version` is the one that the program saw; somebody else's change in between is 409. Two units never block each other.

use axum::routing::post;
use serde_json::{Map, Value};
use services::approvals::{self, Act};
use shared::{
    approval,
    command::{Moment, Sent, named, with_field},
    ticket,
    verb::{ActedOf, DONE_AT, Rest, Verbs},
};
use utoipa::ToSchema;
use utoipa::openapi::{
    Content, HttpMethod, PathItem, Paths, Ref, RefOr, Required, Response,
    path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
    schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type},
};
use uuid::Uuid;

use super::{
    Answer,
    caller::Caller,
    doors::Doors,
    read::{Body, Id},
};

/// Reads the command, all that is wrong with it at once, and does it.
async fn act<V: Act>(
    caller: Caller,
    Id(id): Id<Uuid>,
    Body(fields): Body<Map<String, Value>>,
) -> Answer<ActedOf<V>> {
    let done = async {
        let entered = approvals::read::<V>(&caller.0, id, Sent::json(fields)).await?;
        approvals::act::<V>(&caller.0, id, entered).await
    };
    caller.answer(done.await)
}

macro_rules! of_tickets {
    ($($command:ident),+) => { [$(door::<ticket::verbs::$command>),+] };
}
macro_rules! of_approvals {
    ($($command:ident),+) => { [$(door::<approval::verbs::$command>),+] };
}

/// Opens a path per verb.
pub fn doors(doors: Doors) -> Doors {
    let tickets: [fn(Doors) -> Doors; _] = shared::ticket_verbs!(of_tickets);
    let approvals: [fn(Doors) -> Doors; _] = shared::approval_verbs!(of_approvals);
    let all = tickets.into_iter().chain(approvals);
    all.fold(doors, |doors, open| open(doors))
}

fn door<V: Act>(doors: Doors) -> Doors
where
    ActedOf<V>: ToSchema,
{
    let place = V::Of::rest(V::DESCRIPTOR.on);
    let (mut command, answer) = (V::described(), named::<ActedOf<V>>());
    if V::ENTERED_LATER {
        command = with_field::<Option<Moment>>(command, &DONE_AT);
    }
    let operation = operation::<V>(place).tag(place.tag).build();
    let mut paths = Paths::new();
    paths.paths.insert(
        format!("{}/{}", place.path, V::word()),
        PathItem::new(HttpMethod::Post, operation),
    );
    let schemas = [command.named, answer.named].concat();
    doors.open(V::DESCRIPTOR.need, (schemas, paths, post(act::<V>)))
}

fn operation<V: Act>(place: Rest) -> OperationBuilder
where
    ActedOf<V>: ToSchema,
{
    let mut words = V::WORDS.lines().map(str::trim);
    let summary = words.next().unwrap_or_default();
    let more: Vec<&str> = words.filter(|line| !line.is_empty()).collect();
    let mut content = of_schema(V::NAME);
    content.example = serde_json::from_str(V::EXAMPLE).ok();
    let body = RequestBodyBuilder::new()
        .content("application/json", content)
        .required(Some(Required::True));
    let of = place.of;
    let mut done = Response::new(format!("Done; the {of}'s new state and version"));
    let answer = of_schema(&<ActedOf<V> as ToSchema>::name());
    done.content
        .insert("application/json".into(), answer.into());
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
