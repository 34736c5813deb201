//! How commands and their parts look in the interface's description.
//! Not here: paths and answers (the server's edge).
//! Schemas with a name stand once in the document; the others stand where they are used.

use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::FieldRow;

/// A schema, and those by name that it needs.
#[derive(Clone)]
pub struct Described {
    /// It, or a reference to it.
    pub schema: RefOr<Schema>,
    /// Schemas with a name.
    pub named: Vec<(String, RefOr<Schema>)>,
}

impl Described {
    fn plain(schema: RefOr<Schema>) -> Self {
        Self {
            schema,
            named: Vec::new(),
        }
    }
}

/// A type that has its schema in place.
pub(super) fn of<T: PartialSchema>() -> Described {
    Described::plain(T::schema())
}

/// A type that stands by name.
pub fn named<T: ToSchema>() -> Described {
    let name = T::name().into_owned();
    let mut named = vec![(name.clone(), T::schema())];
    T::schemas(&mut named);
    Described {
        schema: RefOr::Ref(Ref::from_schema_name(name)),
        named,
    }
}

/// A text between two lengths in characters.
pub fn text(min: Option<usize>, max: Option<usize>) -> Described {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(min)
        .max_length(max);
    Described::plain(RefOr::T(Schema::Object(text.build())))
}

/// A text of digits.
pub fn digits(min: usize, max: usize) -> Described {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(format!("^([0-9]{{{min}}}|[0-9]{{{max}}})$")));
    Described::plain(RefOr::T(Schema::Object(text.build())))
}

/// A number of degrees between two others.
pub fn degrees(min: f64, max: f64) -> Described {
    let number = ObjectBuilder::new()
        .schema_type(Type::Number)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
        .minimum(Some(min))
        .maximum(Some(max));
    Described::plain(RefOr::T(Schema::Object(number.build())))
}

/// A whole number between two others.
pub(super) fn between(min: i32, max: i32) -> Described {
    let number = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
        .minimum(Some(min))
        .maximum(Some(max));
    Described::plain(RefOr::T(Schema::Object(number.build())))
}

/// A day, `yyyy-mm-dd`.
pub(super) fn day() -> Described {
    let day = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    Described::plain(RefOr::T(Schema::Object(day.build())))
}

/// A moment, RFC 3339.
pub(super) fn moment() -> Described {
    let moment = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    Described::plain(RefOr::T(Schema::Object(moment.build())))
}

/// The object of a command with one more field, which may be left out.
#[must_use]
pub fn with_field<T: super::Part>(mut described: Described, field: &FieldRow) -> Described {
    let part = T::described();
    if let Some((_, RefOr::T(Schema::Object(object)))) = described.named.last_mut() {
        let schema = match part.schema {
            RefOr::T(Schema::Object(mut inner)) => {
                inner.description = Some(field.words.to_owned());
                RefOr::T(Schema::Object(inner))
            }
            other => other,
        };
        object.properties.insert(field.name.to_owned(), schema);
    }
    described
}

/// Values of a type by name.
pub fn map<T: PartialSchema>() -> Described {
    let map = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(T::schema()));
    Described::plain(RefOr::T(Schema::Object(map.build())))
}

/// A list of something.
pub(super) fn list(inner: Described) -> Described {
    let list = ArrayBuilder::new().items(inner.schema).build();
    Described {
        schema: RefOr::T(Schema::Array(list)),
        ..inner
    }
}

/// The schema of the object itself, where only a reference stands.
pub fn own(described: Described) -> RefOr<Schema> {
    let Described { schema, mut named } = described;
    named.pop().map_or(schema, |(_, own)| own)
}

/// Whether a field may be left out, and its schema.
pub type PartRow = (bool, fn() -> Described);

/// The object of a command, by name.
pub fn object(name: &str, fields: &[FieldRow], parts: &[PartRow]) -> Described {
    let mut object = ObjectBuilder::new().schema_type(Type::Object);
    let mut named = Vec::new();
    for (field, (is_optional, part)) in fields.iter().zip(parts) {
        let part = part();
        named.extend(part.named);
        let schema = match part.schema {
            RefOr::T(Schema::Object(mut inner)) => {
                inner.description = Some(field.words.trim().to_owned());
                RefOr::T(Schema::Object(inner))
            }
            RefOr::T(Schema::Array(mut inner)) => {
                inner.description = Some(field.words.trim().to_owned());
                RefOr::T(Schema::Array(inner))
            }
            RefOr::Ref(mut inner) => {
                inner.description = field.words.trim().to_owned();
                RefOr::Ref(inner)
            }
            other @ RefOr::T(_) => other,
        };
        object = object.property(field.name, schema);
        if !is_optional {
            object = object.required(field.name);
        }
    }
    let object = object.additional_properties(Some(
        utoipa::openapi::schema::AdditionalProperties::FreeForm(false),
    ));
    named.push((name.to_owned(), RefOr::T(Schema::Object(object.build()))));
    Described {
        schema: RefOr::Ref(Ref::from_schema_name(name)),
        named,
    }
}
