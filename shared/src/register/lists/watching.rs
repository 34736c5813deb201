//! Settings of what the house does and watches by itself: when people are told of views, of alarms, of rules and of figures, and from when on a
//! statement is slow.
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
    /// From which minute of the day on people hear of the overtime alarm.
    pub const ALARM_FROM: Self = Self {
        key: "alarm.from_minute",
        name: text(
            "超时报警最早几时提醒（零点起第几分钟，420 为 7:00）",
            "Nobody hears of the overtime alarm before this minute of the day; 420 is 7:00",
        ),
        bounds: (0, 719),
        usual: 420,
    };
    /// Until which minute of the day.
    pub const ALARM_TO: Self = Self {
        key: "alarm.to_minute",
        name: text(
            "超时报警最晚几时提醒（零点起第几分钟，1260 为 21:00）",
            "Nobody hears of the overtime alarm from this minute of the day on; 1260 is 21:00",
        ),
        bounds: (720, 1_440),
        usual: 1_260,
    };
    /// How long after its time the leaders' list of red tickets is still made.
    pub const RED_LATE: Self = Self {
        key: "leaders.red_list_late",
        name: text(
            "领导红灯清单错过时间后多少分钟内仍补发",
            "The red list that missed its time still goes out within so many minutes",
        ),
        bounds: (10, 720),
        usual: 240,
    };
    /// When on the last day those are told who have not read a rule.
    pub const READ_MORNING: Self = Self {
        key: "reading.last_day_minute",
        name: text(
            "阅知期限当天几时提醒（零点起第几分钟，540 为 9:00）",
            "On the last day to read a rule people are told at this minute; 540 is 9:00",
        ),
        bounds: (0, 1_200),
        usual: 540,
    };
    /// From when on the rules about figures look at yesterday.
    pub const WARN_FROM: Self = Self {
        key: "warnings.from_minute",
        name: text(
            "统计预警几时起判断（零点起第几分钟，360 为 6:00）",
            "Rules about figures look at yesterday from this minute on; 360 is 6:00",
        ),
        bounds: (120, 1_200),
        usual: 360,
    };
    /// Those of the hours of the day.
    const DAYTIME: [Self; 5] = [
        Self::ALARM_FROM,
        Self::ALARM_TO,
        Self::RED_LATE,
        Self::READ_MORNING,
        Self::WARN_FROM,
    ];

    /// Every one that there is.
    pub fn every() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain(Self::DAYTIME)
    }
}
