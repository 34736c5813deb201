//! Words of the process owner's pages: forms, notes of what was done, columns.
//! Not here: headings that `approval` has, what a check finds (`process_check`).
//! A version is named by `approval::version`.

use super::{Locale, Text, text};

pub const PROCESS_KEY: Text = text("标识", "Key");
pub const ACTIVE_VERSION: Text = text("启用版本", "Active version");
pub const NO_PROCESSES: Text = text("还没有流程", "There are no processes");
pub const NO_PROCESSES_WHY: Text = text(
    "部署一个流程定义后会出现在这里。",
    "Processes appear here when a definition is deployed.",
);
pub const FILE: Text = text("流程文件", "File");
pub const FILE_HELP: Text = text(
    "BPMN 2.0 或 DMN 文件，最大 4 MB。选了文件就不看下面粘贴的内容。",
    "A BPMN 2.0 or DMN file of at most 4 MB. When a file is chosen, the text below is not looked at.",
);
pub const XML_OR: Text = text("或粘贴内容（BPMN 2.0）", "Or paste the text (BPMN 2.0)");
pub const DEPLOY_FROM: Text = text(
    "留空则只部署，不启用。",
    "Leave empty to deploy without activating it.",
);
pub const ACTIVE_FROM_DAY: Text = text("从哪天起启用", "Active from");
pub const FROM_HELP: Text = text("留空则立即启用。", "Leave empty to activate it now.");
pub const ONLY_CHECK: Text = text("只检查", "Only check");
pub const DEPLOY_SEND: Text = text("部署", "Deploy");
pub const SEVERITY: Text = text("级别", "Kind");
pub const LINE: Text = text("行", "Line");
pub const WORDS: Text = text("说明", "What is wrong");
pub const DEPLOYED_BY: Text = text("部署人", "Deployed by");
pub const NOTHING_STANDS: Text = text(
    "这个版本没有在办的办件。",
    "No approval is under way on this version.",
);
pub const NO_MIGRATIONS: Text = text("还没有迁移过。", "Nothing has been moved yet.");
pub const BESIDE_HELP: Text = text(
    "按编号逐个环节比较：任务、计时、事件、去向和所要求的动作、角色、时限。“没有了”的环节上还有在办件时，启用后它们留在原版本，或用“迁移”先预览再移过来。",
    "Compared step by step, by id: tasks, timers, events, where each leads, and the verb, role and limit that it names. Running cases that stand at a step that is gone stay on their version, or are moved after a preview.",
);
pub const SAME_STEPS: Text = text(
    "环节、计时和去向都与现行版本相同。",
    "Steps, timers and ways are those of the version of now.",
);
pub const STEP_NAME: Text = text("环节", "Step");
pub const BECAME: Text = text("变化", "What became of it");
pub const RUNNING_THERE: Text = text("现行版本在此的件数", "Running there now");
pub const ONE_VERSION: Text = text(
    "只有一个版本，没有可以迁移到的版本。",
    "There is only one version, so there is nowhere to move to.",
);
pub const MIGRATION_HELP: Text = text(
    "先预览，看清楚会移到哪里，再开始迁移。不能迁移的办件留在原版本。",
    "Preview first and see where everything would go. What cannot move stays on its version.",
);
pub const MIGRATING: Text = text(
    "迁移还在进行；刷新本页，迁移记录里可以看到已迁移的件数。",
    "The migration goes on; reload this page to see in its record how many have been moved.",
);
pub const PREVIEW_TITLE: Text = text("预览结果", "What it would do");
pub const MOVED: Text = text("迁移件数", "Moved");
pub const TO_PROCESSES: Text = text("全部流程", "All processes");
pub const WITHDRAWN: Text = text(
    "已停用，在办的办件不受影响。",
    "Withdrawn. What is under way is not affected.",
);
pub const PARTS: Text = text("按区域、类型启用", "By area and kind");
pub const PARTS_HELP: Text = text(
    "一个区域或一类工单可以从某天起用另一个版本：最近的区域优先，同一区域里写明类型的优先。其余新工单用启用中的版本，在办的工单留在原版本。",
    "Tickets of an area or a kind can start on another version from a day on: the nearest area counts first, in it the kind. All other new tickets start on the active version; those under way stay on theirs.",
);
pub const NO_PARTS: Text = text(
    "没有区域或类型单独启用版本。",
    "No area or kind has a version of its own.",
);
pub const EVERYWHERE: Text = text("全部区域", "Everywhere");
pub const EVERY_KIND: Text = text("全部类型", "Every kind");
pub const AREA: Text = text("区域", "Area");
pub const KIND: Text = text("诉求类型", "Kind of request");
pub const PART_SET: Text = text(
    "已按区域、类型启用，到时新工单用这个版本。",
    "Set. From then on new tickets of this area and kind start on this version.",
);
pub const PART_WITHDRAWN: Text = text(
    "已停用，在办的工单留在这个版本。",
    "Withdrawn. Tickets under way stay on this version.",
);
pub const DOWNLOAD: Text = text("下载流程文件", "Download the file");
pub const TABLES: Text = text("用到的决策表", "Decision tables that it asks");

/// `给一部分工单启用第 2 版`.
pub fn activate_part(version: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("给一部分工单启用第 {version} 版"),
        Locale::En => format!("Activate version {version} for some tickets"),
    }
}

pub const TABLES_DEPLOYED: Text = text("决策表已部署。", "The decision tables are deployed.");

/// What a finding of the check means for deploying.
pub fn severity(severity: &str, locale: Locale) -> &'static str {
    match severity {
        "error" => text("错误", "Error"),
        "warning" => text("提醒", "Warning"),
        _ => text("不起作用", "No effect"),
    }
    .get(locale)
}

/// `3 处`, beside the heading of the check.
pub fn findings(n: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{n} 处"),
        Locale::En if n == 1 => "1 finding".to_owned(),
        Locale::En => format!("{n} findings"),
    }
}

/// The name of a field of a process owner's form.
pub fn field(name: &str) -> Option<Text> {
    use super::approval as a;
    Some(match name {
        "xml" => a::XML,
        "active_from" => ACTIVE_FROM_DAY,
        "to" => a::MIGRATE_TO,
        "mapping" => a::MAPPING,
        "reason" => a::REASON,
        "area" => AREA,
        "kind" => KIND,
        _ => return None,
    })
}

/// Every field that `field` knows.
pub const FIELDS: [&str; 7] = [
    "xml",
    "active_from",
    "to",
    "mapping",
    "reason",
    "area",
    "kind",
];

/// Which version it is compared with.
pub fn beside(active: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("与现行第 {active} 版的差别"),
        Locale::En => format!("Beside version {active}, which holds now"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name() {
        assert!(FIELDS.iter().all(|name| field(name).is_some()));
    }
}
