//! Words of the pages of teams.
//! Not here: faults (`faults`), names of scopes (`access`).
//! For security administrators.

use super::super::{Locale, Text, text};

pub const TEAMS: Text = text("班组", "Teams");
pub const TEAM: Text = text("班组", "Team");
pub const WHY: Text = text(
    "角色或岗位的范围为“本班组”时，任职人员看到同班组人员登记的工单和经办的办件。班组属于一个单位，成员按日期进出，从下一次请求起生效。",
    "Where a role or a post reaches as far as the team, its holder sees what people of the same team registered, and the approvals that they have to do with. A team belongs to a unit; people belong to it from a day to a day, and a change counts from the next request.",
);
pub const UNIT: Text = text("单位", "Unit");
pub const NAME: Text = text("名称", "Name");
pub const LEADS: Text = text("班长", "Led by");
pub const MEMBERS: Text = text("成员", "People");
pub const NONE: Text = text("还没有班组。", "There is no team yet.");
pub const NONE_WHY: Text = text(
    "先建班组，再加入成员，然后授予范围为“本班组”的岗位。",
    "Make one, take people in, and give posts that reach as far as the team.",
);
pub const MAKE: Text = text("新建班组", "Make a team");
pub const RENAME: Text = text("改名", "Rename");
pub const END: Text = text("撤销班组", "End the team");
pub const END_WHY: Text = text(
    "撤销后不再有人属于这个班组，“本班组”范围随即不再包括这些人。",
    "Nobody belongs to a team that has ended; its scope reaches these people no more.",
);
pub const USERNAME: Text = text("用户名", "Sign-in name");
pub const PERSON: Text = text("人员", "Person");
pub const LEADER: Text = text("任班长", "Leads the team");
pub const FROM: Text = text("开始日期", "First day");
pub const UNTIL: Text = text("截止日期", "Last day");
pub const UNTIL_HELP: Text = text(
    "当天仍在班组；不填则长期。",
    "Belongs to it on that day still; without end where empty.",
);
pub const JOIN: Text = text("加入成员", "Take somebody in");
pub const LEAVE: Text = text("移出", "Let go");
pub const STATE: Text = text("状态", "State");
pub const PRESENT: Text = text("在班组", "Belongs to it");
pub const ABSENT: Text = text("不在班组", "Does not");
pub const VALID: Text = text("期限", "From and until");
pub const BACK: Text = text("返回班组", "Back to the teams");
pub const DONE: Text = text("已保存。", "Saved.");

/// Somebody with the sign-in name behind the name.
pub fn person(name: &str, username: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name}（{username}）"),
        Locale::En => format!("{name} ({username})"),
    }
}
