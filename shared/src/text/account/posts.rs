//! Words of the pages of roles, posts and what they give.
//! Not here: names of permissions, scopes and states (`access`), faults (`faults`).
//! For security administrators.

use super::super::{Locale, Text, text};

// Roles.
pub const ROLES: Text = text("角色", "Roles");
pub const ROLES_WHY: Text = text(
    "随产品提供的角色是样板，随版本更新，不能改动，可以复制。复制的和自建的角色由本单位维护；改动在下一次请求起对所有任职人员生效。",
    "Shipped roles are templates: they come with each release, are never changed, and can be copied. Copies and own roles are yours; a change counts from the next request of whoever holds them.",
);
pub const ROLE: Text = text("角色", "Role");
pub const CODE: Text = text("代码", "Code");
pub const CODE_HELP: Text = text(
    "2 至 40 个小写字母、数字或下划线，以字母开头；以后不能改。",
    "2 to 40 small letters, digits and low lines, beginning with a letter; it stays for good.",
);
pub const NAME: Text = text("中文名称", "Name in Chinese");
pub const NAME_EN: Text = text("英文名称", "Name in English");
pub const ORIGIN: Text = text("来源", "Comes from");
pub const HELD: Text = text("在任岗位", "Posts");
pub const STATE: Text = text("状态", "State");
pub const IN_USE: Text = text("使用中", "In use");
pub const STOPPED: Text = text("已停用", "Stopped");
pub const CHANGED: Text = text("最近改动", "Last change");
pub const WITH_PROGRAM: Text = text("随产品", "with the program");
pub const TASKS: Text = text("办理谁的任务", "Does the tasks of");
pub const TASKS_HELP: Text = text(
    "流程只认识随产品提供的角色。选了谁，谁的待办就会出现在任职人员的待办里；能不能办仍看下面的权限。",
    "Processes name shipped roles only. The to-dos of those that are ticked stand on the holder's list; whether they may be done is up to the permissions below.",
);
pub const NO_TASKS: Text = text("不办理任务", "None");
pub const GIVES: Text = text("权限与范围", "Permissions and scopes");
pub const PERMISSION: Text = text("权限", "Permission");
pub const POWER: Text = text("类别", "Kind");
pub const SCOPE: Text = text("范围", "Scope");
pub const NOT_GIVEN: Text = text("不授予", "Not given");
pub const APART: Text = text(
    "系统管理、授权管理、审计和业务四类权限互相排斥：一个角色、一个人只能有其中一类。",
    "Running the system, giving rights, reading the audit and business exclude each other, in one role and for one person.",
);
pub const COMPOSE: Text = text("自建角色", "Compose a role");
pub const COPY: Text = text("复制为新角色", "Copy as a new role");
pub const CHANGE: Text = text("保存改动", "Save the change");
pub const CHANGE_HEAD: Text = text("改动角色", "Change the role");
pub const STOP: Text = text("停用", "Stop");
pub const STOP_WHY: Text = text(
    "停用后，这个角色的所有岗位休眠，恢复后自动生效。",
    "The posts of a stopped role sleep until it goes on.",
);
pub const RESUME: Text = text("恢复使用", "Let it go on");
pub const BACK_TO_ROLES: Text = text("返回角色", "Back to the roles");
pub const SHIPPED_NOTE: Text = text(
    "这是随产品提供的角色，不能改动。需要不同的权限时，请复制后再改。",
    "This role is shipped and not changed. Make a copy where it should give something else.",
);

// People and their posts.
pub const PEOPLE: Text = text("岗位与权限", "Posts and rights");
pub const PEOPLE_WHY: Text = text(
    "按人授予和收回岗位，查看一个人实际能看什么、能做什么。",
    "Give posts and take them back, and see what somebody can really see and do.",
);
pub const BACK_TO_PEOPLE: Text = text("返回人员", "Back to the people");
pub const POSTS: Text = text("岗位", "Posts");
pub const NO_POSTS: Text = text(
    "没有岗位：能登录，什么也看不到。",
    "No post: may sign in, and sees nothing.",
);
pub const UNIT: Text = text("单位", "Unit");
pub const VALID: Text = text("期限", "From and until");
pub const GIVEN: Text = text("授予", "Given");
pub const BOUND: Text = text("最宽范围", "No farther than");
pub const BOUND_HELP: Text = text(
    "不填则按角色规定的范围。",
    "As far as the role says where this is empty.",
);
pub const FROM: Text = text("开始日期", "First day");
pub const UNTIL: Text = text("截止日期", "Last day");
pub const UNTIL_HELP: Text = text(
    "当天仍有效；最长天数见业务参数。",
    "It holds on that day still; the settings say how long at most.",
);
pub const CONDITION: Text = text("条件", "Condition");
pub const CONDITION_HELP: Text = text(
    "条件不再满足时岗位休眠，重新满足后自动生效。",
    "The post sleeps while the condition is not met, and wakes when it is again.",
);
pub const CERTIFICATE: Text = text("证书名称和编号", "Certificate");
pub const CERTIFICATE_UNTIL: Text = text("证书有效期至", "Certificate valid until");
pub const REASON: Text = text("事由", "Reason");
pub const GIVE_WHY: Text = text(
    "单位开办之后，授予岗位须写明事由和截止日期，由另一位安全管理员批准后生效；收回立即生效。",
    "Once the office is at work a post needs a reason and a last day, and holds when another security administrator has granted it. Taking one back holds at once.",
);
pub const GIVE: Text = text("授予岗位", "Give a post");
pub const END: Text = text("收回", "Take back");
pub const WHY: Text = text("收回事由", "Why");
pub const ONESELF: Text = text(
    "这是您自己的账号。自己的岗位由另一名安全管理员办理。",
    "This is your own account; another security administrator gives and takes its posts.",
);
pub const DONE_GIVE: Text = text("岗位已授予。", "The post is given.");
pub const UNFREEZE: Text = text("恢复岗位", "Resume the post");
pub const FROZEN_WHY: Text = text(
    "这个岗位到期没有复核，已经冻结。",
    "Nobody said in time that this post is still needed; it is frozen.",
);
pub const DONE_RESUME: Text = text("岗位已恢复。", "The post is resumed.");
pub const DONE_END: Text = text("岗位已收回。", "The post is taken back.");
pub const DONE_ROLE: Text = text("角色已保存。", "The role is saved.");

// What somebody can really see and do.
pub const RIGHTS: Text = text("实际权限", "What this person can really see and do");
pub const MAY: Text = text("能否", "May");
pub const YES: Text = text("能", "Yes");
pub const NO: Text = text("不能", "No");
pub const THROUGH: Text = text("来自哪个岗位", "Through which post");
pub const BARRED: Text = text(
    "目前什么也不能做，原因：",
    "Nothing is possible at present. Reason: ",
);
pub const NO_RIGHTS: Text = text("没有任何权限。", "No rights at all.");
pub const ALWAYS: Text = text(
    "无论有什么岗位，以下规定始终有效：保密工单和举报的来电人，承办单位看不到；本人申办的事项，本人不能办理；退单或撤派后，单位只看到自己办过的部分；查看明文须填写事由并记入审计；账号停用后一切权限即止。",
    "Whatever the posts, this always holds: units do not see who speaks in confidential tickets and tip-offs; nobody decides on what he filed himself; a unit whose part was returned or recalled sees that part only; looking at personal data in the clear asks for a reason and stands in the audit; a closed account may nothing.",
);

/// `1 · Dispatcher · Nanjing centre`.
pub fn post_named(no: i32, role: &str, unit: &str) -> String {
    format!("{no} · {role} · {unit}")
}

/// From a day to a day.
pub fn span(from: &str, until: Option<&str>, locale: Locale) -> String {
    match (locale, until) {
        (_, Some(until)) => format!("{from} – {until}"),
        (Locale::Zh, None) => format!("{from} 起"),
        (Locale::En, None) => format!("from {from}"),
    }
}
