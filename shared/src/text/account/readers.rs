//! Words of the page that tells who can see a ticket, and why.
//! Not here: rules that keep somebody out (`account::readers`), names of permissions and states (`access`).
//! For administrators and supervisors.

use super::super::{Locale, Text, text};
use crate::access::{PersonalField, ScopeKind, Shown};
use crate::account::readers::ShownField;

pub const TITLE: Text = text("谁能看到工单", "Who sees a ticket");
pub const LINK: Text = text("谁能看到这张工单", "Who can see this ticket");
pub const WHY: Text = text(
    "按工单编号列出有岗位能看到它的人、经由哪个岗位、为什么，以及哪些规定使人看不到。不显示工单内容。",
    "By the number of a ticket: the people with a post that reaches it, through which post and why, and the rules that keep somebody out. Nothing of its contents is shown.",
);
pub const NUMBER: Text = text("工单编号", "Number of the ticket");
pub const FIND: Text = text("查看", "Show");
pub const PERSON: Text = text("人员", "Person");
pub const SEES: Text = text("现在能否看到", "Sees it now");
pub const THROUGH: Text = text("经由岗位和原因", "Through which post, and why");
pub const KEPT_OUT: Text = text("看不到的原因", "What keeps out");
pub const SHOWN: Text = text("个人信息", "Personal fields");
pub const DISCREET: Text = text(
    "保密工单或举报：承办单位看不到诉求人和地点，每次查看都记入审计。",
    "A confidential ticket or a tip-off: handling units see neither citizen nor place, and each look stands in the audit.",
);
pub const NOBODY: Text = text(
    "没有人的岗位能看到这张工单。",
    "Nobody has a post that reaches this ticket.",
);
pub const NOBODY_WHY: Text = text(
    "请核对编号，或查看中心的岗位是否已授予。",
    "Please check the number, and whether the centre's posts are given.",
);
pub const BESIDE: Text = text(
    "除此之外：诉求人凭编号和查询码看进度；登记同一来电的坐席只看到编号、标题和状态；服务器管理者用命令行导出的，按所用人员的权限。",
    "Beside these: the citizen follows it by number and code; an agent who takes a call from the same number sees number, title and state only; the machine's owner exports with the rights of a person.",
);
pub const MAY_REVEAL: Text = text("可填写事由查看明文", "may reveal with a reason");

/// Why a post of this scope reaches the ticket.
pub const fn because(scope: ScopeKind) -> Text {
    match scope {
        ScopeKind::Own => text("本人登记", "registered it"),
        ScopeKind::Team => text(
            "本人或同班组的人登记",
            "somebody of the same team registered it",
        ),
        ScopeKind::Unit => text(
            "岗位所在单位承办或曾承办",
            "the post's unit has or had a part in it",
        ),
        ScopeKind::UnitTree => text(
            "岗位所在单位或其下级承办或曾承办",
            "the post's unit, or one below it, has or had a part in it",
        ),
        ScopeKind::City => text(
            "在岗位单位所管地区",
            "it lies in the area of the post's unit",
        ),
        ScopeKind::Province => text("全省范围", "the whole province"),
    }
}

/// Classes that are shown otherwise than masked, words aside: `In the clear: name; hidden: telephone`.
pub fn fields(fields: &[ShownField], locale: Locale) -> String {
    let named = |shown: Shown| {
        let of = fields
            .iter()
            .filter(|it| it.shown == shown && it.field != PersonalField::Words);
        let names: Vec<&str> = of.map(|it| it.field.label(locale)).collect();
        (!names.is_empty()).then(|| match locale {
            Locale::Zh => format!("{}：{}", shown.label(locale), names.join("、")),
            Locale::En => format!("{}: {}", shown.label(locale), names.join(", ")),
        })
    };
    let told: Vec<String> = Shown::ALL
        .iter()
        .rev()
        .filter_map(|shown| named(*shown))
        .collect();
    told.join(match locale {
        Locale::Zh => "；",
        Locale::En => "; ",
    })
}
