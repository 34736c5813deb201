//! The sentences of what the look at an office finds.
//! Not here: names of items (`crate::setup::ReadyCode`).
//! Each says what is missing and what would mend it.

use crate::process::limit::Stage;
use crate::setup::{Mender, ReadyCode, ReadyItem, ReadyState, ReadyView};
use crate::text::Locale;

/// `还不能开办：缺 3 项，建议 2 项。`
pub fn sum(view: &ReadyView, locale: Locale) -> String {
    let (missing, advice) = (
        view.count(ReadyState::Missing),
        view.count(ReadyState::Advice),
    );
    let head = if view.is_ready {
        super::OPEN
    } else {
        super::NOT_OPEN
    };
    let head = head.get(locale);
    match locale {
        Locale::Zh => format!("{head}缺少 {missing} 项，建议 {advice} 项。"),
        Locale::En => format!("{head} {missing} missing, {advice} advised."),
    }
}

/// Who mends an item.
pub fn by(mender: Mender, locale: Locale) -> &'static str {
    mender.label(locale)
}

/// The facts of an item in one language.
struct Told<'i>(&'i ReadyItem, Locale);

impl Told<'_> {
    fn fact(&self, name: &str) -> &str {
        self.0.facts.get(name).map_or("", String::as_str)
    }

    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.1 {
            Locale::Zh => zh.into(),
            Locale::En => en.into(),
        }
    }
}

/// The sentence of an item.
pub fn item(item: &ReadyItem, locale: Locale) -> String {
    let told = Told(item, locale);
    match item.code {
        ReadyCode::Centre => centre(&told),
        ReadyCode::SystemAdmin
        | ReadyCode::SecurityAdmin
        | ReadyCode::Auditor
        | ReadyCode::BusinessAdmin => administrator(&told),
        ReadyCode::Intake
        | ReadyCode::Dispatch
        | ReadyCode::ClosingReview
        | ReadyCode::FollowUp => post(&told),
        ReadyCode::Units | ReadyCode::UnitPeople | ReadyCode::Duties => units(&told),
        ReadyCode::Categories
        | ReadyCode::Limits
        | ReadyCode::Hours
        | ReadyCode::Calendar
        | ReadyCode::Process => lists(&told),
        ReadyCode::Gateway
        | ReadyCode::Address
        | ReadyCode::Keys
        | ReadyCode::Backup
        | ReadyCode::SignedIn => machine(&told),
    }
}

fn centre(told: &Told<'_>) -> String {
    if told.0.state == ReadyState::Missing {
        return told.say(
            "还没有最上级的中心：在“单位”表里建一个省、市或县级中心。",
            "There is no centre on top: make one of a province, a city or a county in the list of units.",
        );
    }
    let (name, area) = (told.fact("name"), told.fact("area"));
    told.say(
        format!("{name}，服务{area}。"),
        format!("{name}, for {area}."),
    )
}

fn administrator(told: &Told<'_>) -> String {
    let role = told.0.code.label(told.1);
    if told.0.state == ReadyState::Missing {
        return told.say(
            format!("没有在用的{role}账号：建一个账号，并授予这个岗位。"),
            format!("{role}: nobody. Make an account and grant the post."),
        );
    }
    let count = told.fact("count");
    told.say(format!("{count} 人。"), format!("Accounts: {count}."))
}

fn post(told: &Told<'_>) -> String {
    let centres = told.fact("centres");
    if told.0.state == ReadyState::Missing {
        let role = told.fact("role");
        let role = crate::access::Role::parse(role).map_or("", |role| role.label(told.1));
        return told.say(
            format!("{centres}没有人担任“{role}”，这一步没有人做。"),
            format!("{centres}: nobody is {role}, so nobody would do this step."),
        );
    }
    let count = told.fact("count");
    told.say(format!("{count} 人。"), format!("People: {count}."))
}

fn units(told: &Told<'_>) -> String {
    let (count, of, names) = (told.fact("count"), told.fact("of"), told.fact("names"));
    match (told.0.code, told.0.state) {
        (ReadyCode::Units, ReadyState::Missing) => told.say(
            "还没有可以承办的单位：在“单位”表里添加，或读入 CSV。",
            "There is no unit that takes assignments: add some to the list of units, or read a CSV.",
        ),
        (ReadyCode::UnitPeople, ReadyState::Missing) => told.say(
            "没有一个单位能独立办完一件：同一单位要有人签收办理，也要有人审核。",
            "No unit could do an assignment: somebody must sign for it and handle it, and somebody review it.",
        ),
        (ReadyCode::UnitPeople, ReadyState::Advice) => told.say(
            format!("{of} 个单位中 {count} 个人员齐全；还不能派给：{names}。"),
            format!("{count} of {of} units have their people; these cannot take anything yet: {names}."),
        ),
        (ReadyCode::UnitPeople, ReadyState::There) => told.say(
            format!("{count} 个单位人员齐全。"),
            format!("{count} units have their people."),
        ),
        (ReadyCode::Duties, ReadyState::Advice) => told.say(
            "还是空的：派单时所有单位都列出来，没有先后。",
            "Still empty: a dispatcher is offered every unit, in no order.",
        ),
        (ReadyCode::Duties, _) => told.say(format!("{count} 条。"), format!("{count} rows.")),
        _ => told.say(format!("{count} 个。"), format!("Units: {count}.")),
    }
}

fn lists(told: &Told<'_>) -> String {
    let (count, year) = (told.fact("count"), told.fact("year"));
    match (told.0.code, told.0.state) {
        (ReadyCode::Categories, ReadyState::Missing) => told.say(
            "没有可选的最末级事项（6 位编号）。",
            "There is no category of the last level (six digits) to choose.",
        ),
        (ReadyCode::Categories, _) => told.say(
            format!("{count} 个可选事项。"),
            format!("{count} categories can be chosen."),
        ),
        (ReadyCode::Limits, ReadyState::Missing) => {
            let stage = Stage::parse(told.fact("stage")).map_or("", |stage| stage.label(told.1));
            let category = told.fact("category");
            told.say(
                format!("“{stage}”有 {count} 种情形没有时限，例如事项 {category}。"),
                format!("{stage}: {count} cases have no limit, such as those of category {category}."),
            )
        }
        (ReadyCode::Limits, _) => told.say(
            format!("{count} 条，每个环节、每个事项都有。"),
            format!("{count} rows, one for every stage and category."),
        ),
        (ReadyCode::Hours, ReadyState::Missing) => told.say(
            "一个工作时段也没有，工作日时限无法计算。",
            "There is no period of the working day, so limits in working days cannot be counted.",
        ),
        (ReadyCode::Calendar, ReadyState::Missing) => told.say(
            format!("没有 {year} 年的放假安排，期限无法计算。"),
            format!("The holidays of {year} are not known, so deadlines cannot be counted."),
        ),
        (ReadyCode::Calendar, ReadyState::Advice) => told.say(
            format!("{year} 年的放假安排公布后请录入；在此之前，跨年的期限是暂定的。"),
            format!("Enter the holidays of {year} when they are out; deadlines that reach into it are provisional until then."),
        ),
        (ReadyCode::Calendar, _) => told.say(format!("{year} 年已有。"), format!("{year} is known.")),
        (ReadyCode::Hours, _) => {
            let periods = told.fact("periods");
            told.say(format!("{periods}。"), format!("{periods}."))
        }
        (_, ReadyState::Missing) => told.say(
            "没有可用的工单流程版本。",
            "No version of the tickets' process is in force.",
        ),
        _ => {
            let version = told.fact("version");
            told.say(format!("第 {version} 版。"), format!("Version {version}."))
        }
    }
}

fn machine(told: &Told<'_>) -> String {
    let count = told.fact("count");
    match (told.0.code, told.0.state) {
        (ReadyCode::Gateway, ReadyState::Advice) => told.say(
            "没有配置短信网关：通知只写成数据目录里的文件，诉求人收不到。",
            "No gateway for text messages is configured: notifications are files in the data folder, and reach nobody.",
        ),
        (ReadyCode::Address, ReadyState::Advice) => {
            let address = told.fact("address");
            told.say(
                format!("通知里的网址是 {address}，别的电脑打不开；请配置对外网址。"),
                format!("Links in notifications begin with {address}, which opens on this machine alone; configure the public address."),
            )
        }
        (ReadyCode::Keys, ReadyState::Advice) => told.say(
            "没有记录密钥文件另存在何处：丢了它，诉求人信息再也读不出来。",
            "Nothing says that the key file is kept elsewhere as well: without it, nobody can read the citizens' data again.",
        ),
        (ReadyCode::Backup, ReadyState::Advice) => told.say(
            "还没有做过备份，也没有记录备份放在哪里。",
            "No backup was made yet, and nothing says where they go.",
        ),
        (ReadyCode::SignedIn, ReadyState::Advice) => told.say(
            format!("{count} 人还没有用自己的密码登录过。"),
            format!("{count} people have no password of their own yet."),
        ),
        (ReadyCode::Address, _) => {
            let address = told.fact("address");
            told.say(format!("{address}。"), format!("{address}."))
        }
        _ => match told.fact("note") {
            "" => told.say("已有。", "There."),
            note => note.to_owned(),
        },
    }
}
