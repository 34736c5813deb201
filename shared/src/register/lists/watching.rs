//! Settings of what the house does and watches by itself: when people are told of views, from when on a statement is slow.
//! Not here: all the others, and how they are read (`settings`).

use super::settings::Keep;
use crate::text::text;

impl Keep {
    /// When people are told of the views that they follow.
    pub const VIEWS: Self = Self {
        key: "views.told_minute",
        name: text(
            "订阅的视图几时提醒（零点起第几分钟，510 为 8:30）",
            "People are told of views at this minute of a working day; 510 is 8:30",
        ),
        bounds: (0, 1_200),
        usual: 510,
    };
    /// From how many milliseconds on a statement of the database is kept as slow.
    pub const SLOW: Self = Self {
        key: "slow.statement_ms",
        name: text(
            "数据库语句超过多少毫秒算慢语句",
            "A statement of the database is slow from so many milliseconds on",
        ),
        bounds: (10, 60_000),
        usual: 100,
    };
}
