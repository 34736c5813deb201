//! Why a condition or expression cannot be read or computed.
//! Not here: the language (`bpmn::condition`), the sentences (`text::obstacle`).
//! Next: `engine`.

use serde::{Deserialize, Serialize};

use super::CalendarError;

/// Why a condition could not be read or computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum ConditionError {
    /// Too many bytes.
    TooLong {
        /// How many at most.
        most: usize,
    },
    /// Nested too deep.
    TooDeep {
        /// Levels at most.
        most: usize,
    },
    /// Not a condition.
    Syntax {
        /// Byte in the text inside `${…}`.
        at: usize,
        /// What stands there.
        found: There,
    },
    /// A function, a method or a bean that conditions must not call.
    Refused {
        /// The name that was called.
        what: String,
    },
    /// A variable or member that does not exist.
    Missing {
        /// Its name, with dots.
        name: String,
    },
    /// Division or remainder by zero.
    DivisionByZero,
    /// A number out of range.
    Overflow,
    /// An operation on values that it is not made for.
    Kinds {
        /// Operator, function or use.
        operation: Operation,
        /// The kinds of its values.
        kinds: Vec<ValueKind>,
    },
    /// Too many steps.
    TooManySteps,
    /// A text grew too long.
    TooLarge,
    /// A text that is no date, time or duration.
    NoTime {
        /// What stands there.
        text: String,
        /// What was wanted.
        wanted: TimeForm,
    },
    /// Working time that cannot be computed: no calendar here, or a year that it does not know.
    Calendar {
        /// Why.
        why: CalendarError,
    },
}

/// What stands where something else was expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum There {
    /// A word, a number or a sign, as it is written.
    Written(String),
    /// A text in quotes.
    Text(String),
    /// A letter that touches a number.
    LetterAfterNumber,
    /// A text without its closing quote.
    OpenText,
    /// Nothing more.
    End,
}

/// What was to be done with values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// An operator or function, as it is written.
    Named(String),
    /// A condition has to be true or false.
    Condition,
    /// A text was to be put together.
    Text,
    /// A timer was to be set.
    Timer,
    /// The outputs of a decision table were to be computed together.
    Aggregation,
}

codes! {
    /// The kind of a value.
    ValueKind {
        Null = "null", "null", "空值", "null";
        Bool = "bool", "bool", "真假", "bool";
        Int = "int", "int", "整数", "int";
        Double = "double", "double", "小数", "double";
        String = "string", "string", "文字", "string";
        List = "list", "list", "列表", "list";
        Map = "map", "map", "结构", "map";
    }
}

codes! {
    /// How a time may be written.
    TimeForm {
        Instant = "instant", "instant", "日期或时间", "date or time";
        Duration = "duration", "duration", "以日、时、分、秒表示的时长", "duration in days, hours, minutes and seconds";
    }
}
