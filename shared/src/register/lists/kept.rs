//! Rules about what leaves the house and how long things stay: rows of exports, their files, files of cases, the change feed, messages that wait.
//! Not here: what reads them (`services::exports`, `services::jobs`, `services::files::limits`, `services::host`), the other rules (`rules`).
//! Each was a row of the table of settings before it became one of the list, and keeps its key.

use super::rules::{Rule, RuleKind};
use crate::text::text;

const fn number(least: i32, most: i32, usual: i32) -> RuleKind {
    RuleKind::Number { least, most, usual }
}

impl Rule {
    /// Rows above which an export waits for a second person.
    pub const APPROVAL_ROWS: Self = Self {
        key: "exports.approval_rows",
        name: text(
            "导出超过多少条须另一人批准（0 为不设）",
            "An export of more rows needs a second person (0: none does)",
        ),
        kind: number(0, 1_000_000, 1_000),
    };
    /// Rows that one person exports on one day.
    pub const DAY_ROWS: Self = Self {
        key: "exports.day_rows",
        name: text(
            "每人每天最多导出多少条（0 为不限）",
            "Rows that one person exports on one day at most (0: no bound)",
        ),
        kind: number(0, 100_000_000, 0),
    };
    /// Days that the result of a job stays.
    pub const RESULT_DAYS: Self = Self {
        key: "jobs.result_days",
        name: text(
            "后台导出的结果文件保留天数（0 为一直保留）",
            "Results of jobs are kept so many days (0: for ever)",
        ),
        kind: number(0, 3_650, 3),
    };
    /// Kinds of files that are taken.
    pub const FILE_KINDS: Self = Self {
        key: "files.kinds",
        name: text(
            "可以上传的文件类型（all 全部，或类型代码，用逗号分隔）",
            "Kinds of files that are taken (all, or words of kinds divided by commas)",
        ),
        kind: RuleKind::Files,
    };
    /// Megabytes of a photo.
    pub const PHOTO_MB: Self = Self {
        key: "files.photo_mb",
        name: text("照片最大 MB", "Megabytes of a photo at most"),
        kind: number(0, 10, 10),
    };
    /// Megabytes of a document.
    pub const DOCUMENT_MB: Self = Self {
        key: "files.document_mb",
        name: text("文档最大 MB", "Megabytes of a document at most"),
        kind: number(0, 2_000, 50),
    };
    /// Megabytes of a recording.
    pub const AUDIO_MB: Self = Self {
        key: "files.audio_mb",
        name: text("录音最大 MB", "Megabytes of a recording at most"),
        kind: number(0, 4_000, 100),
    };
    /// Megabytes of a video.
    pub const VIDEO_MB: Self = Self {
        key: "files.video_mb",
        name: text("视频最大 MB", "Megabytes of a video at most"),
        kind: number(0, 20_000, 500),
    };
    /// Files of one case.
    pub const CASE_FILES: Self = Self {
        key: "files.per_case",
        name: text("每件最多文件数", "Files of one case at most"),
        kind: number(0, 10_000, 50),
    };
    /// Megabytes of all files of one case.
    pub const CASE_MB: Self = Self {
        key: "files.case_mb",
        name: text(
            "每件文件合计最大 MB",
            "Megabytes of all files of one case at most",
        ),
        kind: number(0, 1_000_000, 2_000),
    };
    /// Hours for which an upload can be gone on with.
    pub const UPLOAD_HOURS: Self = Self {
        key: "files.upload_hours",
        name: text(
            "上传中断后多少小时内可以续传",
            "An upload can be gone on with for so many hours",
        ),
        kind: number(0, 720, 48),
    };
    /// Days that a row of the change feed stays at least.
    pub const FEED_DAYS: Self = Self {
        key: "feed.days",
        name: text(
            "变更记录至少保留天数",
            "Rows of the change feed stay so many days at least",
        ),
        kind: number(1, 365, 7),
    };
    /// Days after which a row of the change feed goes, read or not.
    pub const FEED_MOST_DAYS: Self = Self {
        key: "feed.most_days",
        name: text(
            "变更记录最多保留天数（没有读完也删除，不少于至少保留天数）",
            "Rows of the change feed go after so many days, read or not, and not before the days above",
        ),
        kind: number(1, 3_650, 30),
    };
    /// Days that a message between cases waits for somebody.
    pub const MESSAGE_DAYS: Self = Self {
        key: "events.message_days",
        name: text(
            "无人接收的流程消息保留天数",
            "A message between cases for which nobody waits is kept so many days",
        ),
        kind: number(0, 3_650, 7),
    };
    /// Those of files, feed and messages: keeping house, of which no account hangs.
    const HOUSE: [Self; 12] = [
        Self::RESULT_DAYS,
        Self::FILE_KINDS,
        Self::PHOTO_MB,
        Self::DOCUMENT_MB,
        Self::AUDIO_MB,
        Self::VIDEO_MB,
        Self::CASE_FILES,
        Self::CASE_MB,
        Self::UPLOAD_HOURS,
        Self::FEED_DAYS,
        Self::FEED_MOST_DAYS,
        Self::MESSAGE_DAYS,
    ];

    /// Every one that there is.
    pub fn every() -> impl Iterator<Item = Self> {
        let leaving = [Self::APPROVAL_ROWS, Self::DAY_ROWS];
        Self::ALL.into_iter().chain(leaving).chain(Self::HOUSE)
    }

    /// Whether it is about accounts, signing in or what may leave the house: then a second person always publishes it.
    pub fn is_of_accounts(&self) -> bool {
        let keeps_house = Self::HOUSE.iter().any(|rule| rule.key == self.key);
        self.kind != RuleKind::Categories && self.key != Self::APPROVAL_HOURS.key && !keeps_house
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Check;

    #[test]
    fn kinds_of_files_are_words_that_there_are() {
        for (value, is_good) in [
            ("all", true),
            ("jpeg, png", true),
            ("", false),
            ("exe", false),
            ("jpeg,", false),
        ] {
            let mut check = Check::default();
            Rule::FILE_KINDS.check(value, &mut check);
            assert_eq!(check.finish().is_ok(), is_good, "{value}");
        }
        assert_eq!(Rule::FILE_KINDS.row(None)["value"], "all");
    }

    #[test]
    fn what_leaves_the_house_wants_a_second_person_and_keeping_it_does_not() {
        assert!(Rule::APPROVAL_ROWS.is_of_accounts() && Rule::DAY_ROWS.is_of_accounts());
        assert!(!Rule::RESULT_DAYS.is_of_accounts() && !Rule::SENSITIVE.is_of_accounts());
        assert_eq!(Rule::APPROVAL_ROWS.number(None), 1_000);
    }
}
