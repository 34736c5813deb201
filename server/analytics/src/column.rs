//! How a value stands in a column: its type, a column of many, and reading one back.
//! Not here: which columns there are (`row`).

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray as _, BooleanArray, Int64Array, StringViewArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Int64Type};
use shared::ticket::{Channel, RequestKind, Satisfaction, Solved, TicketState, Urgency};

/// A value that has a column.
pub(crate) trait Value: Sized {
    /// The column's description.
    fn field(name: &str) -> Field;
    /// A column of values in their order.
    fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef
    where
        Self: 'a;
    /// One value of a column; none where it cannot be read.
    fn read(array: &ArrayRef, at: usize) -> Option<Self>;
    /// The value as the checks compare it.
    fn said(&self) -> String;
}

impl Value for i64 {
    fn field(name: &str) -> Field {
        Field::new(name, DataType::Int64, false)
    }

    fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef {
        Arc::new(values.copied().collect::<Int64Array>())
    }

    fn read(array: &ArrayRef, at: usize) -> Option<Self> {
        let column = array.as_primitive_opt::<Int64Type>()?;
        column.is_valid(at).then(|| column.value(at))
    }

    fn said(&self) -> String {
        self.to_string()
    }
}

impl Value for Option<i64> {
    fn field(name: &str) -> Field {
        Field::new(name, DataType::Int64, true)
    }

    fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef {
        Arc::new(values.copied().collect::<Int64Array>())
    }

    fn read(array: &ArrayRef, at: usize) -> Option<Self> {
        let column = array.as_primitive_opt::<Int64Type>()?;
        Some(column.is_valid(at).then(|| column.value(at)))
    }

    fn said(&self) -> String {
        self.map_or_else(|| "-".to_owned(), |it| it.to_string())
    }
}

impl Value for bool {
    fn field(name: &str) -> Field {
        Field::new(name, DataType::Boolean, false)
    }

    fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef {
        Arc::new(values.map(|it| Some(*it)).collect::<BooleanArray>())
    }

    fn read(array: &ArrayRef, at: usize) -> Option<Self> {
        let column = array.as_boolean_opt()?;
        column.is_valid(at).then(|| column.value(at))
    }

    fn said(&self) -> String {
        u8::from(*self).to_string()
    }
}

/// A text of a column; none where there is none.
fn text(array: &ArrayRef, at: usize) -> Option<&str> {
    let column = array.as_string_view_opt()?;
    column.is_valid(at).then(|| column.value(at))
}

/// Whether a column of texts has nothing there.
fn is_absent(array: &ArrayRef, at: usize) -> bool {
    array
        .as_string_view_opt()
        .is_some_and(|column| column.is_null(at))
}

impl Value for String {
    fn field(name: &str) -> Field {
        Field::new(name, DataType::Utf8View, false)
    }

    fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef {
        Arc::new(StringViewArray::from_iter_values(values))
    }

    fn read(array: &ArrayRef, at: usize) -> Option<Self> {
        text(array, at).map(str::to_owned)
    }

    fn said(&self) -> String {
        self.clone()
    }
}

impl Value for Option<String> {
    fn field(name: &str) -> Field {
        Field::new(name, DataType::Utf8View, true)
    }

    fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef {
        Arc::new(values.map(Option::as_deref).collect::<StringViewArray>())
    }

    fn read(array: &ArrayRef, at: usize) -> Option<Self> {
        if is_absent(array, at) {
            return Some(None);
        }
        text(array, at).map(|found| Some(found.to_owned()))
    }

    fn said(&self) -> String {
        self.clone().unwrap_or_else(|| "-".to_owned())
    }
}

macro_rules! codes_stand_as_text {
    ($($name:ident),+) => {$(
        impl Value for $name {
            fn field(name: &str) -> Field {
                Field::new(name, DataType::Utf8View, false)
            }

            fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef {
                Arc::new(StringViewArray::from_iter_values(values.map(|it| it.code())))
            }

            fn read(array: &ArrayRef, at: usize) -> Option<Self> {
                text(array, at).and_then(Self::parse)
            }

            fn said(&self) -> String {
                self.code().to_owned()
            }
        }
    )+};
}

codes_stand_as_text!(TicketState, RequestKind, Channel, Urgency, Satisfaction);

impl Value for Option<Solved> {
    fn field(name: &str) -> Field {
        Field::new(name, DataType::Utf8View, true)
    }

    fn array<'a>(values: impl Iterator<Item = &'a Self>) -> ArrayRef {
        let codes = values.map(|it| it.map(Solved::code));
        Arc::new(codes.collect::<StringViewArray>())
    }

    fn read(array: &ArrayRef, at: usize) -> Option<Self> {
        if is_absent(array, at) {
            return Some(None);
        }
        text(array, at).and_then(Solved::parse).map(Some)
    }

    fn said(&self) -> String {
        self.map_or("-", Solved::code).to_owned()
    }
}
