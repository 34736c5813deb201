//! Commands that arrive parsed: what was sent (`Sent`) is read field by field into types that hold only what is allowed (`parts`), and all that
//! is wrong is told at once, each at its field. Forms and programs send through the same reading.
//! Not here: the commands themselves (`ticket::verbs`), what exists (units and categories are looked up by the services).

mod block;
mod parts;
#[cfg(feature = "openapi")]
mod schema;
mod sent;
mod values;

pub use block::Block;
pub use parts::{CategoryCode, Line, Part, RowCode, UnitCode, Version, Words, Wrong};
pub(crate) use parts::{number, of_number};
#[cfg(feature = "openapi")]
pub use schema::{Described, degrees, digits, map, named, object, own, text, with_field};
pub use sent::Sent;
pub use values::{Moment, PartNo, Several, Ticked, Typed, Username, Variables, Verbatim, Within};

use serde::Serialize;

use crate::fault::{Check, Fault};

/// How many days something is kept that was typed and not sent yet: forms with their files, and notes in the browser. As old may be what is
/// entered afterwards, and for at least as long a repeated call is recognised.
pub const DRAFT_DAYS: i64 = 7;

/// What holds of several fields together. Runs on what was sent, so that it is told together with single fields.
pub trait Together {
    /// A form says some things in more than one way; afterwards it says them once.
    fn settle(_sent: &mut Sent) {}

    /// Notes at its field what does not go together.
    fn check(_sent: &Sent, _check: &mut Check) {}
}

/// One field of a command, for descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRow {
    /// Its name in forms and JSON.
    pub name: &'static str,
    /// What it is.
    pub words: &'static str,
}

/// What a verb takes. Made by [`command!`](crate::command).
pub trait Command: Together + Serialize + Clone + Send + Sync + Sized + 'static {
    /// Its name in descriptions.
    const NAME: &'static str;
    /// What it does, in the words of the interface's description.
    const WORDS: &'static str;
    /// Its fields.
    const FIELDS: &'static [FieldRow];

    /// Reads it.
    ///
    /// # Errors
    /// `input.invalid` with every field that is missing, unknown or not allowed.
    fn read(sent: Sent) -> Result<Self, Fault>;

    /// The version that the sender saw; `None` for a command that has none.
    fn version(&self) -> Option<i32>;

    /// Its schema, and those that it names.
    #[cfg(feature = "openapi")]
    fn described() -> Described;
}

/// Declares a command: a struct whose fields are read by their types.
#[macro_export]
macro_rules! command {
    ($(#[doc = $words:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $field:ident: $ty:ty,)* }) => {
        $(#[doc = $words])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name { $($(#[doc = $doc])+ pub $field: $ty,)* }

        impl $crate::command::Command for $name {
            const NAME: &'static str = stringify!($name);
            const WORDS: &'static str = concat!($($words, "\n"),+);
            const FIELDS: &'static [$crate::command::FieldRow] = &[
                $($crate::command::FieldRow { name: stringify!($field), words: concat!($($doc),+) },)*
            ];

            fn read(mut sent: $crate::command::Sent) -> Result<Self, $crate::fault::Fault> {
                <Self as $crate::command::Together>::settle(&mut sent);
                let mut check = $crate::fault::Check::default();
                sent.refuse_unknown(Self::FIELDS, &mut check);
                $(let $field = sent.field::<$ty>(stringify!($field), &mut check);)*
                let mut together = $crate::fault::Check::default();
                <Self as $crate::command::Together>::check(&sent, &mut together);
                check.finish_with(together.finish())?;
                match ($($field,)*) {
                    ($(Some($field),)*) => Ok(Self { $($field,)* }),
                    #[allow(unreachable_patterns, reason = "a command without fields is always whole")]
                    _ => Err($crate::fault::Fault::new($crate::fault::Code::InputInvalid)),
                }
            }

            fn version(&self) -> Option<i32> {
                let found: [Option<i32>; 0] = [];
                found.into_iter()$(.chain([$crate::command::Part::version(&self.$field)]))*.flatten().next()
            }

            #[cfg(feature = "openapi")]
            fn described() -> $crate::command::Described {
                $crate::command::object(Self::NAME, Self::FIELDS, &[$((<$ty as $crate::command::Part>::IS_OPTIONAL, <$ty as $crate::command::Part>::described)),*])
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::command::own(<Self as $crate::command::Command>::described())
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {
            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
                schemas.extend(<Self as $crate::command::Command>::described().named);
            }
        }
    };
}
