//! SQL text with bound values, and reading rows column by column.
//! Text comes only from literals of this crate (`&'static str`), values only as parameters: nothing typed by people gets into a statement (P-19).
//! Not here: the statements (each beside its table), connections (`database`).

use sea_orm::{DbBackend, DbErr, QueryResult, Statement, TryGetable, Value};
use shared::calendar::Instant;
use shared::ids::{
    AccountRequestId, ActivationId, ApplicationId, ApprovalId, AssignmentId, BatchId, CaseId,
    CitizenId, DraftId, IncomingId, MandateId, MigrationId, PaperBlockId, PasskeyId, ReviewId,
    SessionId, StandInId, TeamId, TicketId, UserId, ViewId, WishId,
};
use uuid::Uuid;

/// A statement under construction; `?` in the text stands for the next value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
    /// Places of values that stand in the text itself on PostgreSQL.
    written: Vec<usize>,
    /// Built from an entity for one database: the text has its marks already.
    built: bool,
    /// Codes that stand in the text itself on SQLite.
    spelled: Vec<&'static str>,
}

/// A column as the texts of this crate have it, and what `aside` makes of it.
const ASIDE: [(&str, &str); 6] = [
    (" t.", " +t."),
    ("(t.", "(+t."),
    (" a.", " +a."),
    ("(a.", "(+a."),
    (" k.", " +k."),
    ("(k.", "(+k."),
];

impl Sql {
    /// Starts with a text and its values.
    pub(crate) fn new(text: &'static str, values: Vec<Value>) -> Self {
        let mut sql = Self {
            text: String::with_capacity(text.len() + 64),
            values: Vec::with_capacity(values.len()),
            written: Vec::new(),
            built: false,
            spelled: Vec::new(),
        };
        sql.push(text, values);
        sql
    }

    /// A statement that was built from an entity, for the database that it was built for; nothing is appended to it.
    pub(crate) fn built(statement: Statement) -> Self {
        let values = statement.values.map_or_else(Vec::new, |values| values.0);
        Self {
            text: statement.sql,
            // Whole numbers are 64 bits everywhere.
            values: values.into_iter().map(whole).collect(),
            written: Vec::new(),
            built: true,
            spelled: Vec::new(),
        }
    }

    /// A part of a larger statement that was built from an entity for SQLite, whose marks are ours.
    pub(crate) fn part(statement: Statement) -> Self {
        Self {
            built: false,
            ..Self::built(statement)
        }
    }

    /// Says which code an index over some rows (`where shared = 'U'`) asks for. SQLite finds such an index by a parameter as well, but then
    /// makes its plan anew each time that a value is bound to it.
    pub(crate) fn spelling(mut self, code: &'static str) -> Self {
        self.spelled.push(code);
        self
    }

    /// Appends a text and its values.
    pub(crate) fn push(&mut self, text: &'static str, values: Vec<Value>) -> &mut Self {
        debug_assert_eq!(
            text.matches('?').count(),
            values.len(),
            "marks and values in {text}"
        );
        self.text.push_str(text);
        self.values.extend(values);
        self
    }

    /// The same for bounds of a range. PostgreSQL keeps one plan for a statement that it meets often, and takes any range between two
    /// parameters for a two-hundredth of the rows; so it sees the bounds themselves. Only ids and numbers are written into a text (P-19).
    pub(crate) fn push_bounds(&mut self, text: &'static str, values: Vec<Value>) -> &mut Self {
        let first = self.values.len();
        let bounds = values.iter().enumerate();
        self.written.extend(
            bounds
                .filter(|(_, value)| literal(value).is_some())
                .map(|(at, _)| first + at),
        );
        self.push(text, values)
    }

    /// Appends text without values.
    pub(crate) fn text(&mut self, text: &'static str) -> &mut Self {
        self.push(text, Vec::new())
    }

    /// Appends ` limit n` as text: with a parameter PostgreSQL plans for a tenth of all rows.
    pub(crate) fn limit(&mut self, rows: usize) -> &mut Self {
        self.text.push_str(" limit ");
        self.text.push_str(&rows.to_string());
        self
    }

    /// Appends one more parameter.
    pub(crate) fn value(&mut self, value: Value) -> &mut Self {
        self.text.push('?');
        self.values.push(value);
        self
    }

    /// Appends `(?, ?, …)`; an empty list becomes `(null)`, which matches nothing.
    pub(crate) fn list(&mut self, values: Vec<Value>) -> &mut Self {
        self.text.push('(');
        if values.is_empty() {
            self.text.push_str("null");
        }
        for (i, value) in values.into_iter().enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            self.value(value);
        }
        self.text.push(')');
        self
    }

    /// Whether nothing but this stands in it.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Appends another statement's text with its values.
    pub(crate) fn append(&mut self, other: Sql) -> &mut Self {
        self.text.push_str(&other.text);
        let first = self.values.len();
        self.written
            .extend(other.written.into_iter().map(|at| first + at));
        self.values.extend(other.values);
        self.spelled.extend(other.spelled);
        self
    }

    /// Conditions for rows that are found already: on SQLite every column of the row (alias `t`, `a` or `k`) stands behind a unary plus, so that
    /// no index is looked for by it. Without numbers of rows SQLite takes any index with an equality for the best one, and with them any range
    /// for a quarter of all rows; which index a list is read along is decided beside the list, for every person alike.
    pub(crate) fn aside(mut self, sqlite: bool) -> Self {
        if sqlite {
            for (plain, held) in ASIDE {
                self.text = self.text.replace(plain, held);
            }
        }
        self
    }

    /// The text with its marks, without a value.
    pub(crate) fn marked(&self) -> &str {
        &self.text
    }

    /// The same statement behind a word such as `explain`.
    pub(crate) fn behind(mut self, head: &'static str) -> Self {
        self.text.insert_str(0, head);
        self
    }

    /// Text and values for a database.
    pub(crate) fn parts(self, backend: DbBackend) -> (String, Vec<Value>) {
        if self.built || backend == DbBackend::Sqlite {
            // Nameless marks: for a named one SQLite looks through all names of the statement, and an insert of many rows would spend most
            // of its time there.
            if backend == DbBackend::Sqlite {
                return planned_once(self.text, self.values, &self.spelled);
            }
            return (self.text, self.values);
        }
        numbered(&self.text, self.values, &self.written)
    }

    /// The statement for a database.
    pub(crate) fn statement(self, backend: DbBackend) -> Statement {
        let (text, values) = self.parts(backend);
        Statement::from_sql_and_values(backend, text, values)
    }
}

/// The text with `$1`, `$2` for its marks and the values for them; what is written out needs neither.
fn numbered(text: &str, values: Vec<Value>, written: &[usize]) -> (String, Vec<Value>) {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut bound = Vec::with_capacity(values.len());
    let mut values = values.into_iter();
    for (number, part) in text.split('?').enumerate() {
        if let Some(at) = number.checked_sub(1) {
            let value = values.next();
            if let Some(words) = value
                .as_ref()
                .filter(|_| written.contains(&at))
                .and_then(literal)
            {
                out.push_str(&words);
            } else {
                bound.extend(value);
                // Writing to a string cannot fail.
                let _ = write!(out, "${}", bound.len());
            }
        }
        out.push_str(part);
    }
    (out, bound)
}

/// The text for SQLite, with the number behind each `limit` and the code of an index written out. SQLite looks at a value in these places when
/// it makes its plan, and so would make it anew, parsing included, each time that one is bound.
fn planned_once(
    text: String,
    values: Vec<Value>,
    spelled: &[&'static str],
) -> (String, Vec<Value>) {
    if spelled.is_empty() && !text.contains(LIMITS[0]) && !text.contains(LIMITS[1]) {
        return (text, values);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut bound = Vec::with_capacity(values.len());
    let mut values = values.into_iter();
    let mut parts = text.split('?');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let value = values.next();
        let words = value
            .as_ref()
            .and_then(|value| written_out(&out, value, spelled));
        if let Some(words) = words {
            out.push_str(&words);
        } else {
            out.push('?');
            bound.extend(value);
        }
        out.push_str(part);
    }
    (out, bound)
}

/// How the texts of this crate and those of entities limit their rows by a parameter.
const LIMITS: [&str; 2] = ["limit ?", "LIMIT ?"];

/// What stands in the place of a mark of SQLite, where that is no mark.
fn written_out(before: &str, value: &Value, spelled: &[&'static str]) -> Option<String> {
    match value {
        Value::BigInt(Some(number)) => {
            let is_limit = LIMITS
                .iter()
                .any(|limit| before.ends_with(limit.trim_end_matches('?')));
            is_limit.then(|| number.to_string())
        }
        Value::String(Some(code)) => {
            let code = spelled.iter().find(|spelled| **spelled == code.as_str())?;
            Some(format!("'{code}'"))
        }
        _ => None,
    }
}

/// A small number as a large one.
fn whole(value: Value) -> Value {
    match value {
        Value::Int(number) => Value::BigInt(number.map(i64::from)),
        Value::BigUnsigned(number) => {
            Value::BigInt(number.map(|number| i64::try_from(number).unwrap_or(i64::MAX)))
        }
        other => other,
    }
}

/// A number or an id as it stands in a text.
fn literal(value: &Value) -> Option<String> {
    match value {
        Value::BigInt(Some(number)) => Some(number.to_string()),
        Value::Uuid(Some(id)) => Some(format!("'{id}'::uuid")),
        _ => None,
    }
}

/// Values for the marks of a statement.
macro_rules! vals {
    ($($value:expr),* $(,)?) => { vec![$($crate::sql::Bind::bind($value)),*] };
}
pub(crate) use vals;

/// What can be bound; integers are always 64 bits, codes are their stored code.
pub(crate) trait Bind: Sized {
    fn null() -> Value;
    fn bind(self) -> Value;
}

impl<T: Bind> Bind for Option<T> {
    fn null() -> Value {
        T::null()
    }
    fn bind(self) -> Value {
        self.map_or_else(T::null, T::bind)
    }
}

macro_rules! binds {
    ($($ty:ty => $variant:ident, |$v:ident| $expr:expr;)+) => {$(
        impl Bind for $ty {
            fn null() -> Value {
                Value::$variant(None)
            }
            fn bind(self) -> Value {
                let $v = self;
                Value::$variant(Some($expr))
            }
        }
    )+};
}
binds! {
    i64 => BigInt, |v| v;
    i32 => BigInt, |v| i64::from(v);
    u32 => BigInt, |v| i64::from(v);
    u64 => BigInt, |v| v as i64;
    usize => BigInt, |v| v as i64;
    bool => Bool, |v| v;
    f64 => Double, |v| v;
    String => String, |v| v;
    &str => String, |v| v.to_owned();
    &String => String, |v| v.clone();
    Vec<u8> => Bytes, |v| v;
    &[u8] => Bytes, |v| v.to_vec();
    &Vec<u8> => Bytes, |v| v.clone();
    Uuid => Uuid, |v| v;
    Instant => BigInt, |v| v.0;
    TicketId => Uuid, |v| v.0;
    AssignmentId => Uuid, |v| v.0;
    UserId => Uuid, |v| v.0;
    SessionId => Uuid, |v| v.0;
    DraftId => Uuid, |v| v.0;
    BatchId => Uuid, |v| v.0;
    ApplicationId => Uuid, |v| v.0;
    ApprovalId => Uuid, |v| v.0;
    CaseId => Uuid, |v| v.0;
    MigrationId => Uuid, |v| v.0;
    ActivationId => Uuid, |v| v.0;
    AccountRequestId => Uuid, |v| v.0;
    StandInId => Uuid, |v| v.0;
    PasskeyId => Uuid, |v| v.0;
    TeamId => Uuid, |v| v.0;
    PaperBlockId => Uuid, |v| v.0;
    IncomingId => Uuid, |v| v.0;
    ViewId => Uuid, |v| v.0;
    CitizenId => Uuid, |v| v.0;
    MandateId => Uuid, |v| v.0;
    WishId => Uuid, |v| v.0;
    ReviewId => Uuid, |v| v.0;
}

macro_rules! code_binds {
    ($($ty:path),+ $(,)?) => {$(
        impl Bind for $ty {
            fn null() -> Value {
                Value::String(None)
            }
            fn bind(self) -> Value {
                Value::String(Some(self.code().to_owned()))
            }
        }
        impl crate::entity::Keep for $ty {
            type Raw = String;
            fn of(code: String) -> Result<Self, String> {
                code.parse().map_err(|_| format!("unknown code {code}"))
            }
        }
    )+};
}
code_binds!(
    shared::access::ActorKind,
    shared::access::Condition,
    shared::access::Role,
    shared::access::RoleOrigin,
    shared::access::ScopeKind,
    shared::account::life::AccountAct,
    shared::account::life::AccountEvent,
    shared::account::life::AccountRequestState,
    shared::account::platform::DriftKind,
    shared::account::platform::PushState,
    shared::account::review::ReviewAnswer,
    shared::account::stand_in::StandInState,
    shared::application::ApplicationSort,
    shared::application::ApplicationStatus,
    shared::application::ApplicationVerb,
    shared::application::DifficultReason,
    shared::application::DirectiveCause,
    shared::application::DirectiveLevel,
    shared::application::DirectiveState,
    shared::application::DisputeStage,
    shared::application::ExtensionReason,
    shared::application::RulingReason,
    shared::application::SuspensionReason,
    shared::approval::ApprovalStatus,
    shared::approval::ApprovalVerb,
    shared::approval::EventKind,
    shared::approval::IncidentKind,
    shared::approval::Part,
    shared::citizen::mandate::MandateRole,
    shared::citizen::mandate::MandateState,
    shared::citizen::wish::WishKind,
    shared::citizen::wish::WishState,
    shared::measure::DataState,
    shared::measure::LiveCheck,
    shared::measure::LiveState,
    shared::measure::Measure,
    shared::measure::WarnTest,
    shared::notice::NoticeKind,
    shared::notification::About,
    shared::notification::Remedy,
    shared::notification::Trouble,
    shared::organisation::UnitLevel,
    shared::place::DivisionLevel,
    shared::process::limit::Stage,
    shared::ticket::plan::DayPart,
    shared::ticket::together::LinkKind,
    shared::quality::FindingState,
    shared::quality::QualityRule,
    shared::quality::Severity,
    shared::query::view::ViewRhythm,
    shared::query::phrase::PhraseUse,
    shared::query::view::ViewShare,
    shared::register::ListCode,
    shared::report::Moving,
    shared::report::TileKind,
    shared::report::ReportName,
    shared::report::Rhythm,
    shared::report::ScheduleState,
    shared::register::RevisionState,
    shared::ticket::AssignmentStatus,
    shared::ticket::CallOutcome,
    shared::ticket::Channel,
    shared::ticket::ContactWay,
    shared::ticket::DeclineReason,
    shared::ticket::ExemptReason,
    shared::ticket::Hold,
    shared::calendar::HourDay,
    shared::ticket::LimitUnit,
    shared::ticket::RatingSource,
    shared::ticket::RequestKind,
    shared::ticket::ReturnReason,
    shared::ticket::Satisfaction,
    shared::ticket::SiteKind,
    shared::ticket::SlotRole,
    shared::ticket::Solved,
    shared::ticket::SubjectType,
    shared::ticket::TicketState,
    shared::ticket::Urgency,
    shared::ticket::Verb,
    shared::ticket::VisitChannel,
    shared::ticket::bulk::BulkAct,
    shared::ticket::bulk::BulkOutcome,
    shared::incoming::DismissReason,
    shared::incoming::IncomingState,
    shared::incoming::IncomingWay,
    shared::incoming::Suspicion,
    shared::ticket::paper::PaperState,
    shared::todo::Mark,
    crate::record::CaseKind,
    shared::calendar::ClockKind,
    crate::record::Involved,
);

/// The value of a row that has one column: a number, a setting, a name of the catalogue.
pub(crate) fn only<T: TryGetable>(row: &QueryResult) -> Result<T, DbErr> {
    debug_assert_eq!(row.column_names().len(), 1, "one column");
    row.try_get_by_index(0)
}

/// JSON text of a map or a list, an empty one's too: nothing in its place would not stand in a column that must not be null.
pub(crate) fn json_of<T: serde::Serialize>(value: &T) -> Option<String> {
    // Texts and numbers always have a JSON.
    serde_json::to_string(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_numbered_on_postgres_only() {
        let mut sql = Sql::new("select 1 where a = ?", vals![1_i64]);
        sql.append(Sql::new(" and b = ? and c in ", vals!["x"]));
        sql.list(vals![2_i64, 3_i64]);
        let (text, values) = sql.clone().parts(DbBackend::Postgres);
        assert_eq!(text, "select 1 where a = $1 and b = $2 and c in ($3,$4)");
        assert_eq!(values.len(), 4);
        let (text, _) = sql.parts(DbBackend::Sqlite);
        assert_eq!(text, "select 1 where a = ? and b = ? and c in (?,?)");
    }

    #[test]
    fn what_is_aside_leads_to_no_index_of_sqlite() {
        let sql = || {
            Sql::new(
                " and t.state in ('DR') and (not t.is_open or (t.due_at, t.id) > (?, 1)) and t.id in (select u.ticket_id from ticket_units u)",
                vals![1_i64],
            )
        };
        let (text, values) = sql().aside(true).parts(DbBackend::Sqlite);
        assert_eq!(
            text,
            " and +t.state in ('DR') and (not +t.is_open or (+t.due_at, +t.id) > (?, 1)) and +t.id in (select u.ticket_id from ticket_units u)"
        );
        assert_eq!(values.len(), 1);
        let (text, _) = sql().aside(false).parts(DbBackend::Postgres);
        assert!(!text.contains('+'), "{text}");
    }

    #[test]
    fn bounds_stand_in_the_text_on_postgres_only() {
        let mut inner = Sql::new(" and b = ?", vals!["x"]);
        inner.push_bounds(
            " and c >= ? and d < ? and e = ?",
            vals![-7_i64, Uuid::nil(), "y"],
        );
        let mut sql = Sql::new("select 1 where a = ?", vals![1_i64]);
        sql.append(inner).push(" and f = ?", vals![2_i64]);
        let (text, values) = sql.clone().parts(DbBackend::Postgres);
        assert_eq!(
            text,
            "select 1 where a = $1 and b = $2 and c >= -7 and d < '00000000-0000-0000-0000-000000000000'::uuid and e = $3 and f = $4"
        );
        assert_eq!(values, vals![1_i64, "x", "y", 2_i64]);
        assert_eq!(sql.parts(DbBackend::Sqlite).1.len(), 6);
    }

    #[test]
    fn what_sqlite_plans_by_stands_in_its_text() {
        let mut sql = Sql::new(
            "select 1 from (select 1 where a = ? limit ?) x where c = ?",
            vals!["U", 7_i64, "limit"],
        );
        sql.push(" limit ?", vals![8_i64]);
        let (text, values) = sql.clone().parts(DbBackend::Sqlite);
        assert_eq!(
            text,
            "select 1 from (select 1 where a = ? limit 7) x where c = ? limit 8"
        );
        assert_eq!(values, vals!["U", "limit"]);
        let (text, values) = sql.clone().spelling("U").parts(DbBackend::Sqlite);
        assert_eq!(
            text,
            "select 1 from (select 1 where a = 'U' limit 7) x where c = ? limit 8"
        );
        assert_eq!(values, vals!["limit"]);
        let (text, values) = sql.spelling("U").parts(DbBackend::Postgres);
        assert!(text.ends_with("limit $4"), "{text}");
        assert_eq!(values.len(), 4);
    }
}
