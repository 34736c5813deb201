//! Words of the page of long jobs.
//! Not here: kinds and states (`crate::job`), faults (`faults`).
//! Sentences with numbers are functions.

use serde::Deserialize as _;

use super::obstacle::{Told as _, mismatch};
use super::staff::grouped;
use super::{Locale, Text, export, text};
use crate::export::CLEAR as CLEAR_WORD;
use crate::job::{GrantView, JobKind, JobView};
use crate::process::mismatch::{ByKind, Line, OfKind, Place};

pub const JOBS: Text = text("长任务", "Long jobs");
pub const HELP: Text = text(
    "导出、导入、核对等费时的工作在后台进行，离开本页不影响；服务器重启后从停下处继续。",
    "Exports, imports, checks and other long work go on behind the scenes, also when you leave this page; after a restart of the server they go on where they stood.",
);
pub const NONE: Text = text("还没有长任务", "No long jobs yet");
pub const NONE_WHY: Text = text(
    "在工单列表点“后台导出”，结果会出现在这里。",
    "Ask for an export as a file in the list of tickets, and the result appears here.",
);
pub const KIND: Text = text("任务", "Job");
pub const STATE: Text = text("状态", "State");
pub const PROGRESS: Text = text("进度", "Progress");
pub const OWNER: Text = text("提出人", "Asked by");
pub const MADE: Text = text("提出时间", "Asked");
pub const STARTED: Text = text("开始时间", "Began");
pub const ENDED: Text = text("结束时间", "Ended");
pub const RESULT: Text = text("结果", "Result");
pub const SYSTEM: Text = text("系统", "the system");
pub const DOWNLOAD: Text = text("下载", "Download");
pub const CANCEL: Text = text("停止", "Stop");
pub const CANCEL_ASKED: Text = text(
    "已要求停止，任务会在下一步之前停下。",
    "It will stop before its next step.",
);
pub const EXPORT_ASKED: Text = text(
    "已开始后台导出，完成后可在这里下载。",
    "The export has begun; it can be downloaded here when it is done.",
);
pub const REFRESH: Text = text("刷新", "Refresh");
pub const EXPORT: Text = text("后台导出", "Export as a job");
pub const PURPOSE: Text = text("用途", "Purpose");
pub const PURPOSE_HELP: Text = text(
    "须批准的导出必填。",
    "Needed where somebody has to approve it.",
);
pub const ASKED_ROWS: Text = text("行数", "Rows");
pub const AWAITS: Text = text(
    "等待另一人批准",
    "Waits for the approval of a second person",
);
pub const APPROVE: Text = text("批准", "Approve");
pub const STANDING: Text = text("同时长期批准", "And from now on");
pub const GRANTS: Text = text("长期导出批准", "Standing approvals of exports");
pub const GRANT_WITHDRAW: Text = text("撤销批准", "Withdraw");
pub const WITHDRAWN: Text = text(
    "长期批准已撤销。",
    "The standing approval has been withdrawn.",
);
pub const APPROVED: Text = text("已批准，任务继续进行。", "Approved; the job goes on.");
pub const FORMAT: Text = text("文件格式", "Format of the file");
pub const EXPORT_HELP: Text = text(
    "按当前筛选在后台导出为所选格式（条数不限，信息已脱敏），完成后在“长任务”页下载",
    "Writes the list with these filters in the chosen format behind the scenes (any number of rows, masked), to be downloaded from the page of long jobs",
);
pub const MORE: Text = text("更多选项", "More options");
pub const PARTS: Text = text("同时导出", "Related parts");
pub const PARTS_HELP: Text = text(
    "工作簿中各为一张表；CSV、JSON 行打包为 ZIP。",
    "Sheets of the workbook; with CSV and JSON lines, files in a ZIP archive.",
);
pub const LOCKED: Text = text("加密压缩（ZIP，AES-256）", "ZIP with a password (AES-256)");
pub const LOCKED_HELP: Text = text(
    "密码由系统生成，提交后只显示一次；忘记只能重新导出。用 7-Zip 等程序打开。",
    "The password is made for you and shown once, right after this; without it, export again. Opens with 7-Zip and the like.",
);
pub const CLEAR: Text = text(
    "诉求人、电话、地址不脱敏",
    "Citizen, phone and address in the clear",
);
pub const CLEAR_HELP: Text = text(
    "须有查看权限、写明用途，并由另一人批准；保密件、举报件仍脱敏。",
    "Needs the right to look at them, a purpose, and the approval of a second person; confidential tickets and tip-offs stay masked.",
);
pub const PASSWORD: Text = text(
    "压缩包密码（只显示这一次）",
    "Password of the archive (shown this once)",
);
pub const PASSWORD_WHY: Text = text(
    "请现在记下，系统不保存。导出已开始，完成后在“长任务”页下载。",
    "Write it down now, it is not kept. The export has begun; it can be downloaded from the page of long jobs when it is done.",
);
pub const BY_TEMPLATE: Text = text("按模板的格式", "As the template says");
pub const TO_JOBS: Text = text("去长任务", "To the long jobs");

/// The name of a kind; a word that this program does not know stands as it is.
pub fn kind(word: &str, locale: Locale) -> String {
    JobKind::parse(word).map_or_else(|| word.to_owned(), |kind| kind.label(locale).to_owned())
}

/// How much was done.
pub fn progress(job: &JobView, locale: Locale) -> String {
    let done = grouped(job.done);
    match (job.total.map(grouped), locale) {
        (Some(total), Locale::Zh) if job.about => format!("{done} / 约 {total}"),
        (Some(total), Locale::En) if job.about => format!("{done} of about {total}"),
        (Some(total), Locale::Zh) => format!("{done} / {total}"),
        (Some(total), Locale::En) => format!("{done} of {total}"),
        (None, _) => done,
    }
}

/// How many rows somebody asks for, where they were counted only so far.
pub fn rows(n: i64, more: bool, locale: Locale) -> String {
    let n = grouped(n);
    match (more, locale) {
        (false, _) => n,
        (true, Locale::Zh) => format!("至少 {n}"),
        (true, Locale::En) => format!("at least {n}"),
    }
}

/// Until when a result is kept.
pub fn kept_until(at: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("保存至 {at}"),
        Locale::En => format!("kept until {at}"),
    }
}

/// For how long an approval stands.
pub fn stands(days: u32, locale: Locale) -> String {
    match (days, locale) {
        (0, Locale::Zh) => "仅本次".to_owned(),
        (0, Locale::En) => "this time only".to_owned(),
        (_, Locale::Zh) => format!("{days} 天内同一用途、不超过本次行数"),
        (_, Locale::En) => format!("for {days} days, same purpose, no more rows"),
    }
}

/// A standing approval in a sentence.
pub fn grant(grant: &GrantView, ends: &str, locale: Locale) -> String {
    let (asker, purpose, by) = (&grant.asker, &grant.purpose, &grant.given_by);
    let mut rows = grouped(grant.most_rows);
    if grant.columns.iter().any(|word| word == CLEAR_WORD) {
        let clear = export::CLEAR_MARK.get(locale);
        rows = match locale {
            Locale::Zh => format!("{rows} 条（{clear}）"),
            Locale::En => format!("{rows} rows ({clear})"),
        };
    } else {
        rows += match locale {
            Locale::Zh => " 条",
            Locale::En => " rows",
        };
    }
    match locale {
        Locale::Zh => {
            format!("{asker}：{purpose}，不超过 {rows}，有效至 {ends}，批准人 {by}")
        }
        Locale::En => {
            format!("{asker}: {purpose}, at most {rows}, until {ends}, approved by {by}")
        }
    }
}

/// Who agreed to a job.
pub fn approved_by(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("批准人：{name}"),
        Locale::En => format!("approved by {name}"),
    }
}

/// How often a result was taken; nothing before the first time.
pub fn taken(times: i64, locale: Locale) -> Option<String> {
    match (times, locale) {
        (..=0, _) => None,
        (_, Locale::Zh) => Some(format!("已下载 {times} 次")),
        (1, Locale::En) => Some("taken once".to_owned()),
        (_, Locale::En) => Some(format!("taken {times} times")),
    }
}

/// A size that people read.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!(
            "{}.{} MB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}

/// A number of a report, in groups of three digits.
fn number(report: &serde_json::Value, name: &str) -> String {
    let found = report.get(name).and_then(serde_json::Value::as_i64);
    grouped(found.unwrap_or(0))
}

/// What jobs of the register came to.
fn by_rules(kind: &str, report: &serde_json::Value, locale: Locale) -> Option<String> {
    let number = |name: &str| number(report, name);
    Some(match (JobKind::parse(kind)?, locale) {
        (JobKind::Replay, Locale::Zh) => format!(
            "试算 {} 个期限，{} 个会变，新增超期 {} 个",
            number("clocks"),
            number("changed"),
            number("newly_late")
        ),
        (JobKind::Replay, Locale::En) => format!(
            "{} deadlines reckoned, {} would change, {} more would be late",
            number("clocks"),
            number("changed"),
            number("newly_late")
        ),
        (JobKind::Resort, Locale::Zh) => format!(
            "试算 {} 件工单，{} 件会有变化",
            number("tickets"),
            number("changed")
        ),
        (JobKind::Resort, Locale::En) => format!(
            "{} tickets sorted, {} would differ",
            number("tickets"),
            number("changed")
        ),
        (JobKind::Retrace, Locale::Zh) => format!(
            "试算 {} 件工单，{} 件走法不同",
            number("tickets"),
            number("changed")
        ),
        (JobKind::Retrace, Locale::En) => format!(
            "{} tickets replayed, {} would go another way",
            number("tickets"),
            number("changed")
        ),
        (JobKind::Follow, Locale::Zh) => format!(
            "查看 {} 个期限，{} 个改动",
            number("clocks"),
            number("moved")
        ),
        (JobKind::Follow, Locale::En) => format!(
            "{} deadlines looked at, {} moved",
            number("clocks"),
            number("moved")
        ),
        _ => return None,
    })
}

/// What a job came to, in a sentence; `None` where there is nothing to say.
pub fn outcome(job: &JobView, locale: Locale) -> Option<String> {
    let report = job.report.as_ref()?;
    let number = |name: &str| number(report, name);
    Some(match (JobKind::parse(&job.kind)?, locale) {
        (JobKind::Check, Locale::Zh) => format!(
            "工单 {} 件，办件 {} 件，不一致 {} 处",
            number("tickets"),
            number("approvals"),
            number("count")
        ),
        (JobKind::Check, Locale::En) => format!(
            "{} tickets, {} approvals, {} findings",
            number("tickets"),
            number("approvals"),
            number("count")
        ),
        (JobKind::Quality, Locale::Zh) => format!(
            "工单 {} 件，问题 {} 个，其中新发现 {}，已消除 {}",
            number("tickets"),
            number("broken"),
            number("new"),
            number("gone")
        ),
        (JobKind::Quality, Locale::En) => format!(
            "{} tickets, {} findings, {} of them new, {} gone",
            number("tickets"),
            number("broken"),
            number("new"),
            number("gone")
        ),
        (JobKind::Content, Locale::Zh) => format!(
            "查看 {} 个文件，重新加密 {} 个，打不开 {} 个",
            number("files"),
            number("sealed"),
            number("wrong")
        ),
        (JobKind::Content, Locale::En) => format!(
            "{} files looked at, {} sealed anew, {} do not open",
            number("files"),
            number("sealed"),
            number("wrong")
        ),
        (JobKind::Replay | JobKind::Resort | JobKind::Follow | JobKind::Retrace, _) => {
            by_rules(&job.kind, report, locale)?
        }
        (JobKind::Import, Locale::Zh) => format!(
            "读取 {} 行，导入 {}，重复 {}，拒绝 {}",
            number("read"),
            number("imported"),
            number("duplicate"),
            number("rejected")
        ),
        (JobKind::Import, Locale::En) => format!(
            "{} rows read, {} imported, {} duplicates, {} rejected",
            number("read"),
            number("imported"),
            number("duplicate"),
            number("rejected")
        ),
        (JobKind::UndoImport, Locale::Zh) => format!("{} 件已移入回收站", number("tickets")),
        (JobKind::UndoImport, Locale::En) => {
            format!("{} tickets moved to the recycle bin", number("tickets"))
        }
        (JobKind::Export, _) => exported(report, locale),
        (JobKind::Migrate | JobKind::UndoMigration, _) => moved(job, locale)?,
    })
}

/// What an export came to: rows, what stands in it, and the columns that the reader could not have.
fn exported(report: &serde_json::Value, locale: Locale) -> String {
    let rows = number(report, "rows");
    let mut said = match locale {
        Locale::Zh => format!("{rows} 条"),
        Locale::En if rows == "1" => "1 row".to_owned(),
        Locale::En => format!("{rows} rows"),
    };
    let is = |name: &str| report.get(name).and_then(serde_json::Value::as_bool);
    for (name, word) in [("clear", export::CLEAR_MARK), ("locked", LOCKED)] {
        if is(name) == Some(true) {
            said += " · ";
            said += word.get(locale);
        }
    }
    let left_out = report.get("left_out").and_then(serde_json::Value::as_array);
    let left_out = left_out.into_iter().flatten();
    let left_out: Vec<&str> = left_out.filter_map(serde_json::Value::as_str).collect();
    if !left_out.is_empty() {
        said += " · ";
        said += export::ABOUT_LEFT_OUT.get(locale);
        said += &match locale {
            Locale::Zh => format!("：{}", left_out.join("、")),
            Locale::En => format!(": {}", left_out.join(", ")),
        };
    }
    said
}

/// What a migration of cases, or taking it back, came to.
fn moved(job: &JobView, locale: Locale) -> Option<String> {
    let report = job.report.as_ref()?;
    let number = |name: &str| number(report, name);
    Some(match (JobKind::parse(&job.kind)?, locale) {
        (JobKind::Migrate, Locale::Zh) => {
            format!("{} 件中迁移了 {} 件", number("cases"), number("moved"))
        }
        (JobKind::Migrate, Locale::En) => {
            format!("{} of {} cases moved", number("moved"), number("cases"))
        }
        (JobKind::UndoMigration, Locale::Zh) => {
            format!("撤回 {} 件，{} 件未动", number("back"), number("stayed"))
        }
        (JobKind::UndoMigration, Locale::En) => {
            format!(
                "{} cases are back, {} stayed",
                number("back"),
                number("stayed")
            )
        }
        _ => return None,
    })
}

pub const BY_KIND: Text = text("各类不一致", "Differences by kind");

/// What a check found by kind: what it is, how often, and the cases that it was found in first.
pub fn kinds(job: &JobView, locale: Locale) -> Vec<(String, i64, Vec<Place>)> {
    let found = job.report.as_ref().and_then(|report| report.get("kinds"));
    let kinds = found.and_then(|found| ByKind::deserialize(found).ok());
    let named = |(word, of): (String, OfKind)| (mismatch::kind(&word, locale), of.count, of.cases);
    kinds.unwrap_or_default().into_iter().map(named).collect()
}

/// Lines of a report that say what did not fit.
pub fn lines(job: &JobView, locale: Locale) -> Vec<String> {
    let found = job.report.as_ref().and_then(|report| report.get("lines"));
    let lines = found.and_then(|found| Vec::<Line>::deserialize(found).ok());
    let lines = lines.unwrap_or_default();
    lines.iter().map(|line| line.told(locale)).collect()
}
