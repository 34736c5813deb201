//! Long jobs as people and programs see them: kinds, states, what is asked for and what is shown.
//! Not here: the words of the page (`text::job`), what a kind does (services).
//! A *job* here is work in steps that outlives a restart; what waits for a person is a *task*.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::export::ExportPart;
use crate::file::FileKind;
use crate::ids::JobId;

codes! {
    /// How it stands with a job, as stored.
    JobState {
        Open = "open", "open", "进行中", "under way";
        Done = "done", "done", "已完成", "done";
        Failed = "failed", "failed", "未完成", "failed";
        Cancelled = "cancelled", "cancelled", "已停止", "stopped";
    }
}

codes! {
    /// How it stands with a job, as it is shown.
    JobPhase {
        Waiting = "waiting", "waiting", "排队", "Waiting";
        Running = "running", "running", "进行中", "Under way";
        Stopping = "stopping", "stopping", "正在停止", "Stopping";
        Done = "done", "done", "已完成", "Done";
        Failed = "failed", "failed", "失败", "Failed";
        Cancelled = "cancelled", "cancelled", "已停止", "Stopped";
    }
}

codes! {
    /// Kinds of long work.
    JobKind {
        Check = "check", "check", "一致性核对", "Consistency check";
        Import = "import", "import", "导入诉求", "Import of complaints";
        UndoImport = "undo_import", "undo_import", "撤回导入", "Taking an import back";
        Export = "export", "export", "导出工单", "Export of tickets";
        Migrate = "migrate", "migrate", "办件换版本", "Moving cases to another version";
        UndoMigration = "undo_migration", "undo_migration", "撤回换版本", "Moving cases back";
        Quality = "quality", "quality", "数据质量检查", "Check of data quality";
        Replay = "replay", "replay", "规则试算", "Replay of a draft of rules";
        Resort = "resort", "resort", "事项试算", "Replay of a draft of categories";
        Follow = "follow", "follow", "在办工单按新规则重算期限", "Open tickets following a new rule";
        Retrace = "retrace", "retrace", "流程试算", "Replay of tickets under a version";
        Content = "content", "content", "旧文件重新加密", "Stored files sealed anew";
    }
}

codes! {
    /// How an exported table is written.
    ExportFormat {
        Csv = "csv", "csv", "CSV（UTF-8）", "CSV (UTF-8)";
        Gb18030 = "gb18030", "gb18030", "CSV（GB18030）", "CSV (GB18030)";
        Book = "xlsx", "xlsx", "Excel 工作簿（XLSX）", "Excel workbook (XLSX)";
        Lines = "jsonl", "jsonl", "JSON 行（每行一条）", "JSON lines (one a ticket)";
    }
}

impl ExportFormat {
    /// The usual one, where nobody says another.
    pub const USUAL: Self = Self::Csv;

    /// What its file is.
    pub const fn kind(self) -> FileKind {
        match self {
            Self::Csv => FileKind::Csv,
            Self::Gb18030 => FileKind::CsvGb18030,
            Self::Book => FileKind::Xlsx,
            Self::Lines => FileKind::JsonLines,
        }
    }

    /// What the file of a day is called.
    pub fn file_name(self, day: NaiveDate) -> String {
        let ending = self.kind().endings().first().copied();
        let day = day.format("%Y%m%d");
        format!("tickets-{day}.{}", ending.unwrap_or("csv"))
    }

    /// What the file of a job is called: the day, and the end of the job's id, by which a copy is traced to who took it.
    pub fn marked_name(self, day: NaiveDate, job: JobId) -> String {
        let ending = self.kind().endings().first().copied();
        format!("{}.{}", marked(day, job), ending.unwrap_or("csv"))
    }

    /// The same for what is packed into an archive.
    pub fn archive_name(day: NaiveDate, job: JobId) -> String {
        format!("{}.zip", marked(day, job))
    }
}

fn marked(day: NaiveDate, job: JobId) -> String {
    let id = job.0.simple().to_string();
    let mark = id.get(24..).unwrap_or_default();
    format!("tickets-{}-{mark}", day.format("%Y%m%d"))
}

/// A job as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// Word of its kind.
    pub kind: String,
    /// What it is about; empty when the kind says all.
    pub subject: String,
    /// How it stands.
    pub state: JobPhase,
    /// Who asked for it; `system` for the application itself.
    pub owner: String,
    /// The reader asked for it.
    pub is_own: bool,
    /// How much was done: rows, cases, tickets.
    pub done: i64,
    /// How much there is, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// That number is only about right: counting it would take as long as the work.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub started_at: Option<Instant>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended_at: Option<Instant>,
    /// Whether the reader may stop it.
    pub may_cancel: bool,
    /// Nobody works on it before a second person has agreed.
    #[serde(default)]
    pub awaits: bool,
    /// Whether the reader may be that second person.
    #[serde(default)]
    pub may_approve: bool,
    /// Who agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// What is asked for, line by line, while it waits: for who asked and who may agree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
    /// Who asked to stop it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<String>,
    /// What went wrong last: a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Facts of it.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub facts: std::collections::BTreeMap<String, String>,
    /// What it came to, as its kind says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub report: Option<serde_json::Value>,
    /// The result's file, for the reader who may take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ResultView>,
    /// The archive's password, in the answer to who asked for it, that once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// A result that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultView {
    /// Length in bytes.
    pub bytes: i64,
    /// When it is thrown away; never without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Instant>,
    /// How often it was taken.
    #[serde(default)]
    pub taken: i64,
}

/// A standing approval of somebody's exports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantView {
    /// The job with which it was given.
    pub job: JobId,
    /// Whose exports it is for.
    pub asker: String,
    /// What they are for.
    pub purpose: String,
    /// What may stand beside the usual: own fields, related parts (`part.history`), personal data in the clear (`personal.clear`).
    pub columns: Vec<String>,
    /// Rows at most.
    pub most_rows: i64,
    /// The second person.
    pub given_by: String,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ends_at: Instant,
    /// Whether the reader may end it before.
    pub may_withdraw: bool,
}

/// A page of jobs, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobPage {
    /// The jobs.
    pub items: Vec<JobView>,
    /// Standing approvals of exports that hold now, on the first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantView>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// Asks for an export of tickets as a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskExport {
    /// Filter and order as in the query of the list of tickets: `state=HANDLING&region=320100`.
    #[serde(default)]
    pub query: String,
    /// How the file is written; CSV in UTF-8 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<ExportFormat>,
    /// What it is for; needed where a second person has to agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Pack the file into a ZIP archive that opens with a password (AES-256), told once in the answer.
    #[serde(default)]
    pub locked: bool,
    /// Name, telephone and address in the clear: asks for the right to see them so, a purpose, and a second person always.
    #[serde(default)]
    pub clear: bool,
    /// Related parts of the tickets, each as a sheet, or as a file beside the table in an archive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ExportPart>,
    /// Keys of the columns in their order; the usual ones and those of the query when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// A template that says columns, parts and format where they are not said here: its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

impl JobPhase {
    /// How a job stands that is stored so.
    pub const fn of(state: JobState, has_begun: bool, is_cancelled: bool) -> Self {
        match state {
            JobState::Open if is_cancelled => Self::Stopping,
            JobState::Open if has_begun => Self::Running,
            JobState::Open => Self::Waiting,
            JobState::Done => Self::Done,
            JobState::Failed => Self::Failed,
            JobState::Cancelled => Self::Cancelled,
        }
    }

    /// Whether it goes on.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running | Self::Stopping)
    }
}

impl JobView {
    /// How far it is in percent, where that is known.
    pub fn percent(&self) -> Option<i64> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.done.clamp(0, total)).saturating_mul(100) / total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_day_and_format() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let names = ExportFormat::ALL.iter().map(|it| it.file_name(day));
        let names: Vec<String> = names.collect();
        assert_eq!(
            names,
            [
                "tickets-20260302.csv",
                "tickets-20260302.gb18030.csv",
                "tickets-20260302.xlsx",
                "tickets-20260302.jsonl"
            ]
        );
    }

    #[test]
    fn the_name_of_a_jobs_file_tells_the_job() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let job: JobId = "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
            .parse()
            .expect("an id");
        let name = ExportFormat::Gb18030.marked_name(day, job);
        assert_eq!(name, "tickets-20260302-2e3f4a5b.gb18030.csv");
        let name = ExportFormat::archive_name(day, job);
        assert_eq!(name, "tickets-20260302-2e3f4a5b.zip");
    }

    #[test]
    fn a_job_waits_runs_stops_and_ends() {
        let of = JobPhase::of;
        assert_eq!(of(JobState::Open, false, false), JobPhase::Waiting);
        assert_eq!(of(JobState::Open, true, false), JobPhase::Running);
        assert_eq!(of(JobState::Open, false, true), JobPhase::Stopping);
        // Asked too late: it had come to its end.
        assert_eq!(of(JobState::Done, true, true), JobPhase::Done);
        assert!(JobPhase::Stopping.is_open() && !JobPhase::Cancelled.is_open());
    }
}
