//! Settings (业务参数) as a list of named values, each with its bounds: caps of extensions, how long things are kept, switches, rules about
//! accounts and signing in (`rules`), and which lists want a second person (`seconds`). Every setting has its row; one that was never changed stands at its default.
//! Not here: what reads them (services).

mod caps;
mod heads;
mod seconds;
mod values;

use super::{Rule, of_pairs};
use crate::register::{Cells, Choice, Column, Kind, List, ListCode, plain_choice};
use crate::text::{Text, text};

pub use caps::Cap;
pub use heads::SettingGroup;
pub use seconds::Seconds;
use seconds::second_words;
use values::check;
pub use values::setting_words;

/// How long something is kept or holds, in days; or another number with bounds, of which its name says what it counts.
pub struct Keep {
    /// Its key.
    pub key: &'static str,
    /// What it is.
    pub name: Text,
    /// Least and greatest value.
    pub bounds: (i32, i32),
    /// Where nothing was changed.
    pub usual: i32,
}

impl Keep {
    /// Notices to staff.
    pub const NOTICES: Self = Self {
        key: "keep.notices",
        name: text("工作提醒保留天数", "Notices to staff are kept so many days"),
        bounds: (7, 3_650),
        usual: 90,
    };
    /// Sessions that have ended.
    pub const SESSIONS: Self = Self {
        key: "keep.sessions",
        name: text(
            "已结束的登录记录保留天数",
            "Ended sessions are kept so many days",
        ),
        bounds: (7, 3_650),
        usual: 30,
    };
    /// Devices that nobody signs in from.
    pub const DEVICES: Self = Self {
        key: "keep.devices",
        name: text(
            "常用设备多少天不用就不再认得",
            "A device that is not used is a stranger after so many days",
        ),
        bounds: (30, 730),
        usual: 180,
    };
    /// Sessions of citizens that are not used.
    pub const CITIZENS: Self = Self {
        key: "keep.citizen_sessions",
        name: text(
            "市民登录多少天不用就失效",
            "A citizen's session ends when it is not used for so many days",
        ),
        bounds: (1, 30),
        usual: 30,
    };
    /// Closed tickets, for a citizen who brings a new fact.
    pub const REOPENING: Self = Self {
        key: "reopen.days",
        name: text(
            "办结后多少天内可申请重新打开",
            "A closed ticket can be opened again for so many days",
        ),
        bounds: (1, 365),
        usual: 30,
    };
    /// How many levels of assignments a ticket may have.
    pub const LEVELS: Self = Self {
        key: "assignment.levels",
        name: text(
            "承办件最多几级（中心派出的为第 1 级）",
            "Assignments go so many levels deep; what a centre dispatches is the first",
        ),
        bounds: (1, 5),
        usual: 3,
    };
    /// How long after its dispatch a unit may send a ticket back.
    pub const RETURNS: Self = Self {
        key: "assignment.return_days",
        name: text(
            "派单后多少个工作日内可申请退单（0 为不限）",
            "A unit may send a ticket back for so many working days after its dispatch; 0 for always",
        ),
        bounds: (0, 30),
        usual: 1,
    };
    /// Closed tickets, until they are archived.
    pub const ARCHIVING: Self = Self {
        key: "archive.days",
        name: text(
            "办结后多少天自动归档（不早于可重新打开的天数）",
            "A closed ticket is archived after so many days, and not while it can be opened again",
        ),
        bounds: (1, 3_650),
        usual: 15,
    };
    /// How long somebody acts for an organisation who does not represent it by law.
    pub const MANDATES: Self = Self {
        key: "mandate.agent_days",
        name: text(
            "代理人、经办人代单位办事最长天数",
            "Whoever acts for an organisation by its letter does so for so many days at most",
        ),
        bounds: (1, 1_825),
        usual: 730,
    };
    /// How long a post is given for that one security administrator asks another for.
    pub const POSTS: Self = Self {
        key: "post.most_days",
        name: text(
            "安全管理员授予的岗位最长天数",
            "A post that security administrators give holds for so many days at most",
        ),
        bounds: (1, 3_650),
        usual: 92,
    };
    /// How long a ticket of the follow-up pool is in one pair of hands.
    pub const CALL_LEASE: Self = Self {
        key: "follow_up.lease_minutes",
        name: text(
            "回访件领取后保留多少分钟",
            "A ticket taken to call the citizen is kept for so many minutes",
        ),
        bounds: (5, 240),
        usual: 30,
    };
    /// How long a ticket rests after a call that nobody took.
    pub const CALL_PAUSE: Self = Self {
        key: "follow_up.pause_minutes",
        name: text(
            "回访未接通后间隔多少分钟再回访",
            "After a call that nobody took the next is so many minutes later",
        ),
        bounds: (0, 2_880),
        usual: 120,
    };
    /// How many of a hundred inquiries are called.
    pub const INQUIRY_SHARE: Self = Self {
        key: "follow_up.inquiry_share",
        name: text(
            "咨询类工单回访抽样比例（%）",
            "Of a hundred inquiries so many are called",
        ),
        bounds: (0, 100),
        usual: 100,
    };
    /// How long a questionnaire can be answered.
    pub const QUESTIONNAIRE: Self = Self {
        key: "follow_up.link_days",
        name: text(
            "短信评价链接有效天数",
            "The address of a questionnaire is good for so many days",
        ),
        bounds: (1, 30),
        usual: 7,
    };
    /// How long a ticket may wait for its dispatch, or for the review of it.
    pub const ALARM: Self = Self {
        key: "alarm.waits_minutes",
        name: text(
            "待派单、待派单审核超过多少分钟报警",
            "A ticket that waits longer for its dispatch or the review of it rings, in minutes",
        ),
        bounds: (1, 1_440),
        usual: 30,
    };
    /// How much somebody has on one day.
    pub const DAY_MOST: Self = Self {
        key: "plan.day_most",
        name: text(
            "排程时每人每天最多几件（超过提示）",
            "A person has so many parts on one day before the plan says it is too much",
        ),
        bounds: (1, 50),
        usual: 6,
    };
    /// Forms of the house that were typed and not sent.
    pub const TYPED: Self = Self {
        key: "keep.typed",
        name: text(
            "未提交的表单草稿保留天数",
            "Forms that were typed and not sent are kept so many days",
        ),
        bounds: (1, 365),
        usual: 30,
    };
    /// When leaders get the list of red tickets on a working day.
    pub const RED_LIST: Self = Self {
        key: "leaders.red_list_minute",
        name: text(
            "领导红灯清单几时发送（零点起第几分钟，510 为 8:30）",
            "Leaders get the red list at this minute of a working day; 510 is 8:30",
        ),
        bounds: (0, 1_200),
        usual: 510,
    };
    /// How long the answer to a citizen's wish about the own data may take.
    pub const WISHES: Self = Self {
        key: "wish.days",
        name: text(
            "个人信息更正、删除申请多少个工作日内答复",
            "A citizen's request about own data is answered within so many working days",
        ),
        bounds: (1, 60),
        usual: 15,
    };
    /// How long a ticket can be taken out of the bin.
    pub const RECYCLED: Self = Self {
        key: "keep.recycled",
        name: text(
            "回收站里的工单多少天内可以恢复",
            "A ticket can be taken out of the bin for so many days",
        ),
        bounds: (1, 365),
        usual: 30,
    };
    /// How long the citizen stands in an archived ticket.
    pub const ERASING: Self = Self {
        key: "erase.years",
        name: text(
            "归档工单的诉求人信息几年后删除（0 为不删除）",
            "The citizen is erased from archived tickets so many years after their closing; 0 for never",
        ),
        bounds: (0, 100),
        usual: 0,
    };
    /// How long people stand in an approval that has ended.
    pub const ERASING_APPROVALS: Self = Self {
        key: "erase.approval_years",
        name: text(
            "办件中的个人信息办结几年后删除（0 为不删除）",
            "People are erased from approvals so many years after their end; 0 for never",
        ),
        bounds: (0, 100),
        usual: 0,
    };
    /// How many messages a unit sends to the citizen of a ticket on one day.
    pub const RELAYS: Self = Self {
        key: "relay.day_most",
        name: text(
            "承办单位每天最多给诉求人发几条短信",
            "A unit writes to the citizen so many times a day at most",
        ),
        bounds: (0, 20),
        usual: 3,
    };
    /// How many calls without the number the gateway connects for a part on one day.
    pub const CALLS: Self = Self {
        key: "relay.calls_day_most",
        name: text(
            "平台每天最多为每件承办接通诉求人几次电话（0 为不接通）",
            "The gateway connects a unit with the citizen so many times a day at most; 0 for never",
        ),
        bounds: (0, 20),
        usual: 3,
    };
    /// Most of them; `every` has those of the hours of the day as well.
    pub const ALL: [Self; 35] = [
        Self::TOUCHED,
        Self::SCORE_BLOCK,
        Self::SCORE_WARN,
        Self::SCORE_NOTE,
        Self::WEIGHT_RESPONSE,
        Self::WEIGHT_SOLVED,
        Self::WEIGHT_SATISFIED,
        Self::NOTICES,
        Self::REVEAL,
        Self::VIEWS,
        Self::SLOW,
        Self::RED_LIST,
        Self::TYPED,
        Self::SESSIONS,
        Self::DEVICES,
        Self::CITIZENS,
        Self::REOPENING,
        Self::LEVELS,
        Self::RETURNS,
        Self::ARCHIVING,
        Self::RECYCLED,
        Self::MANDATES,
        Self::WISHES,
        Self::RELAYS,
        Self::CALLS,
        Self::ERASING,
        Self::ERASING_APPROVALS,
        Self::POSTS,
        Self::CALL_LEASE,
        Self::CALL_PAUSE,
        Self::INQUIRY_SHARE,
        Self::QUESTIONNAIRE,
        Self::DAY_MOST,
        Self::ALARM,
        Self::READ_AGAIN,
    ];

    /// What the table of settings says; what is usual where it says nothing.
    pub fn of(&self, said: Option<&str>) -> i32 {
        let (least, most) = self.bounds;
        let days = said.and_then(|said| said.parse().ok());
        days.filter(|days| (least..=most).contains(days))
            .unwrap_or(self.usual)
    }
}

/// What an office turns on and off.
pub struct Switch {
    /// Its key.
    pub key: &'static str,
    /// What it is.
    pub name: Text,
    /// Where nothing was changed.
    pub usual: bool,
}

impl Switch {
    /// Citizens file on the web.
    pub const WEB_FILING: Self = Self {
        key: "switch.web_filing",
        name: text("群众可在网上提交诉求", "Citizens file on the web"),
        usual: true,
    };
    /// The open figures on the start page.
    pub const FIGURES: Self = Self {
        key: "switch.figures",
        name: text("首页公开办理数据", "Open figures on the start page"),
        usual: true,
    };
    /// A questionnaire by text message, once a unit has answered.
    pub const ASK_AFTER_ANSWER: Self = Self {
        key: "switch.ask_after_answer",
        name: text(
            "答复后即发短信评价",
            "A questionnaire by text message once there is an answer",
        ),
        usual: false,
    };
    /// A questionnaire by text message, after a call that nobody took.
    pub const ASK_AFTER_CALL: Self = Self {
        key: "switch.ask_after_call",
        name: text(
            "回访未接通后发短信评价",
            "A questionnaire by text message after a call that nobody took",
        ),
        usual: true,
    };
    /// What a unit asks of the centre goes to its own leader first.
    pub const UNIT_FIRST: Self = Self {
        key: "assignment.unit_first",
        name: text(
            "退单、延期、挂起、阶段答复、终止申请先经本单位负责人审批",
            "What a unit asks of the centre is passed by the unit's leader first",
        ),
        usual: false,
    };
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::UNIT_FIRST,
        Self::WEB_FILING,
        Self::FIGURES,
        Self::ASK_AFTER_ANSWER,
        Self::ASK_AFTER_CALL,
        Self::REVIEW_URGENT,
        Self::REVIEW_DISCREET,
        Self::REVIEW_RETURNED,
        Self::REVIEW_DIFFICULT,
        Self::REVIEW_SEVERAL,
        Self::REVIEW_DIFFERS,
    ];

    /// What the table of settings says; what is usual where it says nothing.
    pub fn of(&self, said: Option<&str>) -> bool {
        said.map_or(self.usual, |said| said == "yes")
    }
}

/// The row of the table of settings in which such a setting stands.
pub fn setting_of(key: &str) -> String {
    format!("office.{key}")
}

fn names() -> Vec<Choice> {
    let caps = Cap::ALL.iter().map(|cap| plain_choice(cap.key, cap.name));
    let seconds = ListCode::ALL.iter().map(|code| Choice {
        value: Seconds::key(*code),
        text: second_words(*code),
    });
    let keeps = Keep::every().map(|it| plain_choice(it.key, it.name));
    let switches = Switch::ALL.iter().map(|it| plain_choice(it.key, it.name));
    let rules = Rule::every().map(|it| plain_choice(it.key, it.name));
    caps.chain(keeps)
        .chain(switches)
        .chain(rules)
        .chain(seconds)
        .collect()
}

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Settings,
    columns: &[
        Column::new("name", text("参数", "Setting"), Kind::Choice(names))
            .key()
            .needed(),
        Column::new("value", text("值", "Value"), Kind::Line(400))
            .needed()
            .help(text(
                "数字，或 yes、no；两步验证为 all、none 或角色编号；敏感类别为 none 或类别编号；文件类型为 all 或类型代码",
                "A number, or yes or no; of the second factor all, none or codes of roles; of sensitive categories none or codes; of kinds of files all or words",
            )),
    ],
    has_supplements: false,
    is_nearest: false,
    needs_second: true,
    removable: false,
    check,
};

/// A setting's cells.
pub(super) fn row(name: &str, value: impl ToString) -> Cells {
    of_pairs([
        ("name", Some(name.to_owned())),
        ("value", Some(value.to_string())),
    ])
}

impl Keep {
    /// The register's row of a number of days.
    pub fn row(&self, days: i32) -> Cells {
        row(self.key, days)
    }
}

impl Switch {
    /// The register's row of a position.
    pub fn row(&self, is_on: bool) -> Cells {
        row(self.key, if is_on { "yes" } else { "no" })
    }
}
