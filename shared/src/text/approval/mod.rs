//! Words of approvals and of the process owner's pages, in both languages.
//! Not here: labels of verbs and statuses (`approval::codes`), sentences for faults (`faults`), filters of the list (`list`).
//! Add a constant where the part of the page that shows it lives.

pub mod list;

use super::obstacle::Told as _;
use super::{Locale, Text, text};
use crate::approval::view::ProblemRow;
use crate::calendar::Instant;
use crate::process::obstacle::Obstacle;

// Lists.
pub const APPROVALS: Text = text("办件", "Approvals");
pub const TO_DO: Text = text("待我办理", "Waiting for me");
pub const STARTED: Text = text("我发起的", "Filed by me");
pub const DONE: Text = text("我办过的", "Done by me");
pub const COPIED: Text = text("抄送我的", "Copied to me");
pub const ALL: Text = text("全部办件", "All approvals");
pub const NEW: Text = text("发起办件", "File an application");
pub const NONE: Text = text("这里还没有办件。", "There are no approvals here.");
pub const NONE_TO_DO: Text = text("没有等您办理的办件。", "No approval waits for you.");
pub const NO: Text = text("编号", "Number");
pub const TITLE: Text = text("标题", "Title");
pub const PROCESS: Text = text("流程", "Process");
pub const STATUS: Text = text("状态", "Status");
pub const STEP: Text = text("当前环节", "Step");
pub const FILED_BY: Text = text("发起人", "Filed by");
pub const FILED_AT: Text = text("发起时间", "Filed");
pub const DUE: Text = text("期限", "Due");

// Filing.
pub const CHOOSE: Text = text("选择要办的事", "Choose what to file");
pub const NOTHING_TO_FILE: Text = text(
    "现在没有可以发起的流程。流程负责人启用一个版本后就会出现在这里。",
    "Nothing can be filed at present. A process appears here when its owner activates a version.",
);
pub const FILE: Text = text("提交申请", "File");
pub const FIND_PERSON: Text = text("按姓名、单位查找", "Find by name or unit");
pub const PEOPLE_HINT: Text = text(
    "填写登录名，多人用逗号分开。",
    "Sign-in names, several divided by commas.",
);
pub const PERSON_HINT: Text = text(
    "填写登录名，可从名单中选择。",
    "A sign-in name; choose from the list.",
);

// One approval.
pub const FACTS: Text = text("申请内容", "What was filed");
pub const TASKS: Text = text("办理环节", "Open steps");
pub const WAITS_AT: Text = text("正在等待：", "Waiting at:");
pub const NO_TASKS: Text = text("没有等待办理的环节。", "No step is open.");
pub const PAPERS: Text = text("容缺材料", "Missing papers");
pub const SUPPLIED: Text = text("已补齐", "Handed in");
pub const HISTORY: Text = text("办理经过", "History");
pub const COPIES: Text = text("抄送", "Copied to");
pub const OUTCOME: Text = text("结果", "Outcome");
pub const UNIT: Text = text("单位", "Unit");
pub const WAITS_FOR: Text = text("等待", "Waits for");
pub const WAITING_BEHIND: Text = text(
    "正等待加签、委派或补正。",
    "Waits for a signer, a delegate or a correction.",
);
pub const ASKED_BY: Text = text("提出人", "Asked by");
pub const FLOW: Text = text("流程图", "How it moves");
pub const BACK: Text = text("返回办件", "Back to the approval");
pub const MORE_ACTIONS: Text = text("其他办理方式", "More ways to go on");
pub const OWNER_ACTIONS: Text = text("流程负责人操作", "For the process owner");
pub const CORRECTION_WANTED: Text = text("需要补正", "To be corrected");
pub const SUSPENDED_FOR: Text = text("挂起原因", "Suspended because");

// Fields.
pub const OPINION: Text = text("意见", "Opinion");
pub const REASON: Text = text("理由", "Reason");
pub const NOTE: Text = text("说明", "Note");
pub const USER: Text = text("人员（登录名）", "Person (sign-in name)");
pub const USERS: Text = text("人员（登录名，可多人）", "People (sign-in names)");
pub const PLACE: Text = text("加签方式", "Where the signer comes in");
pub const BACK_TO: Text = text("驳回到", "Send back to");
pub const TO_PREVIOUS: Text = text("上一环节", "The step before");
pub const TO_INITIATOR: Text = text("发起人", "The initiator");
pub const MISSING: Text = text(
    "需要补正的内容（一次性告知）",
    "What is missing or wrong (everything at once)",
);
pub const CORRECTED: Text = text("补正说明", "What was corrected");
pub const PAPERS_MISSING: Text = text("缺少的材料（每行一份）", "Missing papers, one per line");
pub const WORKING_DAYS: Text = text("几个工作日内补齐", "Working days to hand them in");
pub const DUE_ON: Text = text("新的期限", "New deadline");
pub const AWAITED: Text = text("正在等的消息", "Awaited message");
pub const JUMP_TO: Text = text("跳转到", "Go to");
pub const DESPITE: Text = text(
    "即使可能重复办理或等不齐也跳转",
    "Even if something may be done twice or a join may not fill",
);
pub const VARIABLES: Text = text("变量（JSON）", "Variables (JSON)");

// Incidents.
pub const INCIDENTS: Text = text("异常", "Incidents");
pub const NO_INCIDENTS: Text = text("没有异常。", "No incidents.");
pub const WAITS_AS_INCIDENT: Text = text(
    "这个办件遇到异常，流程负责人已收到通知。",
    "This approval has an incident; the process owner has been told.",
);
pub const TRIES: Text = text("已试", "Tries");

// Process owner.
pub const PROCESSES: Text = text("流程", "Processes");
pub const VERSION: Text = text("版本", "Version");
pub const VERSIONS: Text = text("各版本", "Versions");
pub const DEPLOYED: Text = text("部署时间", "Deployed");
pub const ACTIVE: Text = text("启用中", "Active");
pub const ACTIVE_FROM: Text = text("启用时间", "Active from");
pub const NOT_ACTIVE: Text = text("未启用", "Not active");
pub const WITHDRAWN: Text = text("已停用", "Withdrawn");
pub const RUNNING: Text = text("在办", "Running");
pub const DRAWING: Text = text("流程图与在办数", "Drawing, with cases where they stand");
pub const NO_DRAWING: Text = text("这个版本没有画图。", "This version has no drawing.");
pub const CASES_HERE: Text = text("在办", "cases here");
pub const STANDING: Text = text("各环节在办数", "Where cases stand");
pub const ELEMENT: Text = text("环节", "Element");
pub const COUNT: Text = text("数量", "Cases");
pub const CHECK: Text = text("检查结果", "What the check says");
pub const CHECK_CLEAN: Text = text("没有问题。", "Nothing to say.");
pub const DEPLOY: Text = text("部署新版本", "Deploy a version");
pub const DEPLOY_HINT: Text = text(
    "选择 BPMN 2.0 文件，或把内容粘贴进来。有错误的定义不会部署。",
    "Choose a BPMN 2.0 file or paste its text. A definition with errors is not deployed.",
);
pub const XML: Text = text("流程定义（BPMN 2.0）", "Definition (BPMN 2.0)");
pub const ACTIVATE: Text = text("启用", "Activate");
pub const WITHDRAW: Text = text("停用", "Withdraw");
pub const MIGRATION: Text = text("迁移在办件", "Move running cases");
pub const MIGRATE_TO: Text = text("迁移到版本", "To version");
pub const MAPPING: Text = text(
    "环节对应（每行：旧编号=新编号，编号没变的不用写）",
    "Elements whose id has changed, one per line: old=new",
);
pub const PREVIEW: Text = text("预览", "Preview");
pub const MIGRATE: Text = text("开始迁移", "Migrate");
pub const UNDO: Text = text("撤回迁移", "Undo");
pub const FITS: Text = text("可以迁移", "Can move");
pub const CANNOT: Text = text("不能迁移", "Cannot move");
pub const FROM_ELEMENT: Text = text("现在在", "Stands at");
pub const TO_ELEMENT: Text = text("迁移后在", "Would stand at");
pub const WHY: Text = text("原因", "Why");
pub const MIGRATIONS: Text = text("迁移记录", "Migrations");
pub const UNDONE: Text = text("已撤回", "Undone");
pub const TICKETS_RUN_ON_IT: Text = text(
    "工单在这个流程上办理。产品更新会带来新版本；也可以部署自己的版本，检查会说明缺了哪些任务、消息和结论。",
    "Tickets run on this process. New versions come with the product; versions of your own can be deployed, and the check says which tasks, messages and outcomes they lack.",
);
pub const SETTLED: Text = text("已处理。", "Settled.");

/// Why a place has no counterpart in another version, and where the trouble lies there.
pub fn problem(row: &ProblemRow, locale: Locale) -> String {
    let text = match row.kind.as_str() {
        "missing" => text("新版本没有这个环节", "the new version does not have it"),
        "other_kind" => text("新版本中类型不同", "it is of another kind"),
        "other_scope" => text("新版本中在另一个子流程里", "it is in another sub-process"),
        "other_loop" => text("多实例设置不同", "only one of the two is repeated"),
        "no_such_flow" => text("汇合点没有这条来路", "the join has no such way in"),
        "no_process" => text("新版本没有这个流程", "the new version has no such process"),
        _ => {
            let why = Obstacle::stored(&row.target).told(locale);
            return match locale {
                Locale::Zh => format!("迁移后无法继续：{why}"),
                Locale::En => format!("the case could not go on: {why}"),
            };
        }
    };
    match row.target.as_str() {
        "" => text.get(locale).to_owned(),
        target => format!("{} {target}", text.get(locale)),
    }
}

/// How many cases a migration looked at and can move.
pub fn migration_sum(cases: i64, fits: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("共 {cases} 件在办，其中 {fits} 件可以迁移。"),
        Locale::En if cases == 1 && fits == 1 => "1 case is running and can move.".to_owned(),
        Locale::En if cases == 1 => "1 case is running and cannot move.".to_owned(),
        Locale::En => format!("{cases} cases are running, {fits} of them can move."),
    }
}

/// What a migration did.
pub fn migrated(moved: i64, cases: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("已迁移 {moved} 件，共 {cases} 件。"),
        Locale::En if cases == 1 && moved == 1 => "1 case was moved.".to_owned(),
        Locale::En => format!("{moved} of {cases} cases were moved."),
    }
}

/// What undoing a migration did.
pub fn migration_undone(back: i64, stayed: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("已恢复 {back} 件；{stayed} 件之后又办理过，保持不变。"),
        Locale::En if back == 1 => {
            format!("1 case stands again as before; {stayed} had gone on and stay.")
        }
        Locale::En => format!("{back} cases stand again as before; {stayed} had gone on and stay."),
    }
}

/// What a deployment did.
pub fn deployed(key: &str, version: i32, is_new: bool, locale: Locale) -> String {
    match (locale, is_new) {
        (Locale::Zh, true) => format!("{key} 已部署为第 {version} 版。"),
        (Locale::Zh, false) => format!("{key} 与第 {version} 版内容相同，没有重复部署。"),
        (Locale::En, true) => format!("{key} is deployed as version {version}."),
        (Locale::En, false) => {
            format!("{key} has the same text as version {version}; nothing was deployed.")
        }
    }
}

/// A field whose value is not shown, and stays unless something is typed.
pub fn kept(name: &str, masked: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name}（现为 {masked}，不改请留空）"),
        Locale::En => format!("{name} (now {masked}; leave it empty to keep it)"),
    }
}

/// From when new cases start on a version.
pub fn active_from(from: Instant, locale: Locale) -> String {
    let at = from.rfc3339();
    match locale {
        Locale::Zh => format!("自 {at} 起启用"),
        Locale::En => format!("active from {at}"),
    }
}

/// On which version new cases start now, said to whoever has just activated one.
pub fn active_now((asked, active): (i32, Option<i32>), locale: Locale) -> String {
    match (locale, active) {
        (Locale::Zh, None) => "目前没有启用的版本，还不能发起。".to_owned(),
        (Locale::En, None) => "No version is active yet; nothing can be filed.".to_owned(),
        (Locale::Zh, Some(active)) if active == asked => format!("新办件现在用第 {active} 版。"),
        (Locale::En, Some(active)) if active == asked => {
            format!("New cases start on version {active} now.")
        }
        (Locale::Zh, Some(active)) if active > asked => {
            format!("新办件现在仍用较新的第 {active} 版；要改用第 {asked} 版，请停用更新的版本。")
        }
        (Locale::En, Some(active)) if active > asked => format!(
            "New cases still start on the newer version {active}; withdraw what is newer to have them start on version {asked}."
        ),
        (Locale::Zh, Some(active)) => {
            format!("新办件现在仍用第 {active} 版，到时改用第 {asked} 版。")
        }
        (Locale::En, Some(active)) => format!(
            "New cases start on version {active} until then, and on version {asked} afterwards."
        ),
    }
}

/// A version's number for people.
pub fn version(version: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("第 {version} 版"),
        Locale::En => format!("Version {version}"),
    }
}

/// A fact of an event for people: its name in the reader's language; `None` for facts that only programs need.
pub fn fact(name: &str, locale: Locale) -> Option<&'static str> {
    let text = match name {
        "user" | "users" => text("人员", "Person"),
        "for" => text("代", "For"),
        "from" => text("原", "Before"),
        "to" => text("至", "To"),
        "place" => text("方式", "Way"),
        "part" => text("身份", "As"),
        "paper" => text("材料", "Paper"),
        "outcome" => text("结果", "Outcome"),
        "due_at" => text("期限", "Due"),
        "go" => text("至", "To"),
        "service" => text("服务", "Service"),
        "error" => text("错误", "Error"),
        "variables" => text("变量", "Variables"),
        "incident" => text("异常号", "Incident"),
        "name" => text("消息", "Message"),
        _ => return None,
    };
    Some(text.get(locale))
}
