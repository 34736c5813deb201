//! The one wrapper through which ids, instants, codes and small structures of `shared` stand in an entity's columns.
//! The orphan rule forbids SeaORM's traits on the types themselves; the wrapper has them all, for whatever says how it is kept (`Keep`).
//! Not here: values for the marks of texts (`sql::Bind`), on which this builds.

use std::collections::BTreeMap;

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value};
use serde::de::DeserializeOwned;
use shared::access::RoleCode;
use shared::application::Meeting;
use shared::calendar::Instant;
use shared::ids::{
    AccountRequestId, ActivationId, ApplicationId, ApprovalId, AssignmentId, BatchId, CaseId,
    CitizenId, DraftId, IncomingId, MandateId, MigrationId, PaperBlockId, PasskeyId, ReviewId,
    SessionId, StandInId, TeamId, TicketId, UserId, ViewId, WishId,
};
use shared::process::obstacle::Obstacle;
use shared::ticket::TicketNo;
use shared::ticket::proposal::DispatchProposal;
use uuid::Uuid;

use crate::record::Reply;
use crate::sql::{Bind, json_of};

/// A value of a column. Whole numbers are 64 bits on both databases, codes are their stored codes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Col<T>(pub T);

/// What can stand in a column.
pub(crate) trait Keep: Bind {
    /// As the database has it.
    type Raw: TryGetable + ValueType;
    /// Back from the database, or what is wrong with it.
    fn of(raw: Self::Raw) -> Result<Self, String>;
}

impl<T: Keep> Keep for Option<T>
where
    T::Raw: Nullable,
{
    type Raw = Option<T::Raw>;
    fn of(raw: Self::Raw) -> Result<Self, String> {
        raw.map(T::of).transpose()
    }
}

impl<T: Keep> From<T> for Col<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Keep> From<Col<T>> for Value {
    fn from(col: Col<T>) -> Self {
        col.0.bind()
    }
}

impl<T: Keep> TryGetable for Col<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        let raw = T::Raw::try_get_by(row, column)?;
        T::of(raw)
            .map(Self)
            .map_err(|what| TryGetError::DbErr(DbErr::Type(what)))
    }
}

impl<T: Keep> ValueType for Col<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        let raw = <T::Raw as ValueType>::try_from(value)?;
        T::of(raw).map(Self).map_err(|_| ValueTypeErr)
    }

    fn type_name() -> String {
        T::Raw::type_name()
    }

    fn array_type() -> ArrayType {
        T::Raw::array_type()
    }

    fn column_type() -> ColumnType {
        T::Raw::column_type()
    }
}

impl<T: Keep> Nullable for Col<T> {
    fn null() -> Value {
        T::null()
    }
}

/// No key of ours is made by the database but plain numbers.
impl<T: Keep> TryFromU64 for Col<T> {
    fn try_from_u64(number: u64) -> Result<Self, DbErr> {
        <i64 as TryFrom<u64>>::try_from(number)
            .ok()
            .and_then(|number| ValueType::try_from(Value::BigInt(Some(number))).ok())
            .ok_or(DbErr::ConvertFromU64(
                "a key that the database does not make",
            ))
    }
}

macro_rules! keeps {
    ($($ty:ty as $raw:ty, |$v:ident| $back:expr;)+) => {$(
        impl Keep for $ty {
            type Raw = $raw;
            fn of($v: $raw) -> Result<Self, String> {
                $back
            }
        }
    )+};
}
keeps! {
    i64 as i64, |v| Ok(v);
    i32 as i64, |v| v.try_into().map_err(|_| format!("{v} does not fit"));
    u32 as i64, |v| v.try_into().map_err(|_| format!("{v} does not fit"));
    bool as bool, |v| Ok(v);
    f64 as f64, |v| Ok(v);
    String as String, |v| Ok(v);
    Vec<u8> as Vec<u8>, |v| Ok(v);
    Uuid as Uuid, |v| Ok(v);
    Instant as i64, |v| Ok(Self(v));
    TicketId as Uuid, |v| Ok(Self(v));
    AssignmentId as Uuid, |v| Ok(Self(v));
    UserId as Uuid, |v| Ok(Self(v));
    SessionId as Uuid, |v| Ok(Self(v));
    DraftId as Uuid, |v| Ok(Self(v));
    BatchId as Uuid, |v| Ok(Self(v));
    ApplicationId as Uuid, |v| Ok(Self(v));
    ApprovalId as Uuid, |v| Ok(Self(v));
    CaseId as Uuid, |v| Ok(Self(v));
    MigrationId as Uuid, |v| Ok(Self(v));
    ActivationId as Uuid, |v| Ok(Self(v));
    AccountRequestId as Uuid, |v| Ok(Self(v));
    StandInId as Uuid, |v| Ok(Self(v));
    PasskeyId as Uuid, |v| Ok(Self(v));
    TeamId as Uuid, |v| Ok(Self(v));
    PaperBlockId as Uuid, |v| Ok(Self(v));
    IncomingId as Uuid, |v| Ok(Self(v));
    ViewId as Uuid, |v| Ok(Self(v));
    CitizenId as Uuid, |v| Ok(Self(v));
    MandateId as Uuid, |v| Ok(Self(v));
    WishId as Uuid, |v| Ok(Self(v));
    ReviewId as Uuid, |v| Ok(Self(v));
    RoleCode as String, |v| Self::parse(&v).ok_or_else(|| format!("{v} is no code of a role"));
    TicketNo as String, |v| Self::parse(&v).ok_or_else(|| format!("{v} is no ticket number"));
    Reply as String, |v| json(&v);
    Meeting as String, |v| json(&v);
    DispatchProposal as String, |v| json(&v);
    Obstacle as String, |v| Ok(Self::stored(&v));
    // An empty one is kept as such; rows of earlier releases have nothing in its place.
    BTreeMap<String, String> as Option<String>, |v| v.map_or_else(|| Ok(Self::default()), |v| json(&v));
    Vec<String> as Option<String>, |v| v.map_or_else(|| Ok(Self::default()), |v| json(&v));
    BTreeMap<String, i32> as Option<String>, |v| v.map_or_else(|| Ok(Self::default()), |v| json(&v));
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|e| e.to_string())
}

impl Bind for TicketNo {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        self.as_str().bind()
    }
}

impl Bind for RoleCode {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        self.as_str().bind()
    }
}

impl Bind for Obstacle {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        self.to_json().bind()
    }
}

impl Bind for Meeting {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        // Texts always have a JSON.
        serde_json::to_string(&self).ok().bind()
    }
}

impl Bind for DispatchProposal {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        // Texts, codes and numbers always have a JSON.
        serde_json::to_string(&self).ok().bind()
    }
}

impl Bind for Reply {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        // Texts, codes and numbers always have a JSON.
        serde_json::to_string(&self).ok().bind()
    }
}

impl Bind for BTreeMap<String, String> {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        json_of(&self).bind()
    }
}

impl Bind for Vec<String> {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        json_of(&self).bind()
    }
}

impl Bind for BTreeMap<String, i32> {
    fn null() -> Value {
        Value::String(None)
    }
    fn bind(self) -> Value {
        json_of(&self).bind()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_map_or_list_stands_in_a_column_that_must_not_be_null() {
        let text = |value: Value| match value {
            Value::String(text) => text,
            _ => None,
        };
        let kept = text(Col(BTreeMap::<String, String>::new()).into());
        assert_eq!(kept.as_deref(), Some("{}"));
        let kept = text(Col(BTreeMap::<String, i32>::new()).into());
        assert_eq!(kept.as_deref(), Some("{}"));
        let kept = text(Col(Vec::<String>::new()).into());
        assert_eq!(kept.as_deref(), Some("[]"));
        let absent = BTreeMap::<String, String>::of(None);
        assert_eq!(absent, Ok(BTreeMap::new()), "rows of earlier releases");
    }
}
