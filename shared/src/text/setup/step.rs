//! What each step of setting up makes, in a sentence.
//! Not here: names of steps (`crate::setup::StepCode`).
//! Each says what the product ships where there is something.

use crate::setup::{Mender, StepCode};
use crate::text::{Locale, Text, text};

/// What a step makes.
pub fn step(code: StepCode, locale: Locale) -> &'static str {
    let words: Text = match code {
        StepCode::Area => text(
            "省、市或县的哪一级，中心叫什么；在“单位”表里改。",
            "Which province, city or county, and what its centre is called; changed in the list of units.",
        ),
        StepCode::Administrators => text(
            "系统、安全、审计三个人，加业务管理员。",
            "Three people for system, security and audit, and a business administrator.",
        ),
        StepCode::Units => text(
            "可以逐个添加，也可以读入 CSV：先检查，逐行报告，再发布。",
            "One by one, or from a CSV: checked first and told line by line, then published.",
        ),
        StepCode::Hours => text(
            "自带 9:00–12:00、13:30–17:30，请核对或修改。",
            "9:00 to 12:00 and 13:30 to 17:30 ship; look at them or change them.",
        ),
        StepCode::Calendar => text(
            "自带已公布的放假安排；每年公布后录入下一年。",
            "The notices that are out ship; enter the next year's when it is published.",
        ),
        StepCode::Categories => text(
            "自带三级分类，可以直接用，也可以换成自己的 CSV。",
            "A tree of three levels ships; use it, or bring your own as a CSV.",
        ),
        StepCode::Channels => text(
            "自带全部受理渠道，请停用不用的、改好名称和顺序。",
            "Every channel ships; switch off what is not used, and see to names and order.",
        ),
        StepCode::Limits => text(
            "自带一套起步的办理时限，请核对或修改。",
            "A profile to start with ships; look at it or change it.",
        ),
        StepCode::Duties => text(
            "哪个事项归哪个单位；没有也能开办，派单时逐个选。",
            "Which matter is whose; an office opens without it, and dispatchers choose among all units.",
        ),
        StepCode::People => text(
            "坐席、派单、办结审核、回访，以及各单位的签收办理和审核。",
            "Agents, dispatchers, reviewers, follow-up callers, and in each unit those who handle and who review.",
        ),
        StepCode::Texts => text(
            "首页和公众页面上的文字，诉求人看到的就是这些；自带一套，请核对或修改。",
            "The words of the start page and the public pages as citizens read them; a set ships, look at it or change it.",
        ),
        StepCode::Gateway => text(
            "短信和邮件怎么发出，由管理服务器的人配置；暂不接入时请写明。",
            "How text messages and mails go out is configured on the server; say so when none is connected yet.",
        ),
        StepCode::Keys => text(
            "密钥文件另存一份，写明存放处和保管人；没有它，诉求人信息读不出来。",
            "Keep the key file elsewhere as well, and say where and by whom; without it nobody can read the citizens' data.",
        ),
        StepCode::Backup => text(
            "备份放在哪里、多久一次；做过一次备份即完成。",
            "Where backups go and how often; done once a backup was made.",
        ),
    };
    words.get(locale)
}

/// Whose a step is.
pub fn whose(by: Mender, is_own: bool, locale: Locale) -> String {
    let name = by.label(locale);
    match (is_own, locale) {
        (true, Locale::Zh) => format!("由您（{name}）完成。"),
        (false, Locale::Zh) => format!("由{name}完成。"),
        (true, Locale::En) => format!("Yours, as {name}."),
        (false, Locale::En) => format!("Done by {name}."),
    }
}
