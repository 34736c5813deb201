//! Words of setting an office up: the steps, the look whether it can open (`ready`), and what is wrong in an office's file (`trouble`).
//! Not here: names of steps and items (`crate::setup`), words of the lists (`register`).
//! Sentences with names and numbers are functions.

mod ready;
mod step;
mod trouble;

use super::{Locale, Text, text};

pub use super::staff::{READY, STEPS};
pub use ready::{by, item, sum};
pub use step::{step, whose};
pub use trouble::{place, trouble};

// Whether the office can open.
pub const READY_WHY: Text = text(
    "从接到第一件诉求到办结，一步都不能缺。这里逐项核对，缺什么、谁来补、在哪里补，都写在后面。",
    "Nothing may be missing between the first request and its closing. Each item says what is there, what is missing, who mends it and where.",
);
pub const OPEN: Text = text("可以开办。", "The office can open.");
pub const NOT_OPEN: Text = text("还不能开办。", "The office cannot open yet.");
pub const MEND: Text = text("去处理", "Mend it");
pub const ITEM: Text = text("项目", "Item");
pub const STATE: Text = text("情况", "State");
pub const WHY: Text = text("说明", "What was found");
pub const WHO: Text = text("由谁处理", "Who mends it");

// A file.
pub const NOTHING_WRITTEN: Text = text(
    "文件有错，什么都没有写入。",
    "Something in the file is wrong; nothing at all was written.",
);
pub const NOTHING_TO_DO: Text = text(
    "文件里的内容都已经是这样，没有要改的。",
    "Everything is as the file says already.",
);

// The steps.
pub const STEPS_WHY: Text = text(
    "每一步都可以停下，以后再接着做；做到哪里，按已有的数据判断。写着别人的步骤，由那位管理员登录后完成。",
    "Each step can be left and taken up again; how far it has come is told by what is there. Steps of others are done by them, after they have signed in.",
);
pub const DONE: Text = text("已完成", "Done");
pub const TO_DO: Text = text("待完成", "To do");
/// How many of the steps are done.
pub fn how_far(done: usize, all: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{all} 步已完成 {done} 步"),
        Locale::En => format!("{done} of {all} steps done"),
    }
}
pub const OPEN_STEP: Text = text("打开", "Open");
pub const MARK_SEND: Text = text("已核对，完成这一步", "It was looked at; this step is done");
pub const MARK_NOTE: Text = text("说明", "Note");
pub const MARKED: Text = text("已核对", "Looked at");
pub const TO_READY: Text = text("看看能不能开办", "Is the office ready to open?");
pub const BY_COMMAND: Text = text(
    "这一步在服务器上完成，见运行手册。",
    "This step is done on the server; see the manual for running it.",
);

// The first visit.
pub const PLACE: Text = text("地区和中心", "Area and centre");
pub const AREA: Text = text("服务地区", "Area served");
pub const AREA_HELP: Text = text(
    "省、设区市或县（市、区）的名称或行政区划代码，例如 南京市 或 320100；重名时请填代码",
    "Name or division code of a province, a city or a county, such as 南京市 or 320100; the code where several have the name",
);
pub const CENTRE: Text = text("中心名称", "Name of the centre");
pub const CENTRE_HELP: Text = text(
    "不填时用地区名加“12345政务服务便民热线中心”",
    "When empty: the area's name with “12345政务服务便民热线中心” behind it",
);
pub const SYSTEM: Text = text("系统管理员（您本人）", "System administrator (you)");
pub const OTHERS: Text = text("其他管理员", "The other administrators");
pub const OTHERS_WHY: Text = text(
    "三员分立：系统、安全、审计由三个人担任，业务管理员另有其人。现在填了的，下一页给出各自的一次性链接；没填的以后再建。",
    "Three people keep each other in check, and a fourth looks after the business. Those that are named now get a link of their own on the next page; the others can be made later.",
);
pub const SECURITY_USERNAME: Text = text("安全管理员用户名", "Security administrator, user name");
pub const AUDIT_USERNAME: Text = text("审计员用户名", "Auditor, user name");
pub const BUSINESS_USERNAME: Text = text("业务管理员用户名", "Business administrator, user name");
pub const DISPLAY_NAME: Text = text("姓名", "Name");
pub const SECURITY_NAME: Text = text("安全管理员姓名", "Security administrator, name");
pub const AUDIT_NAME: Text = text("审计员姓名", "Auditor, name");
pub const BUSINESS_NAME: Text = text("业务管理员姓名", "Business administrator, name");
pub const BEGIN_SEND: Text = text("开始开办", "Begin");
pub const LINKS: Text = text("一次性链接", "Links for one use");
pub const LINKS_WHY: Text = text(
    "请把每个链接只交给本人；24 小时内有效，用一次，只显示这一次。",
    "Give each link to its person alone. It works once within 24 hours, and is shown only now.",
);
pub const GO_SIGN_IN: Text = text("去登录", "Sign in");

// Accounts and posts.
pub const MAKE_ACCOUNT: Text = text("新建账号", "Make an account");
pub const MAKE_ACCOUNT_WHY: Text = text(
    "建好后给出一次性链接；岗位由安全管理员授予。",
    "A link for one use is shown afterwards; the security administrator grants the posts.",
);
pub const GRANT: Text = text("授予岗位", "Grant a post");
pub const GRANT_WHY: Text = text(
    "填用户名，选岗位。系统、安全、审计三个岗位不能与其他岗位兼任。",
    "Name the account and choose the post. System, security and audit go with no other post.",
);
pub const GRANTED: Text = text("岗位已授予。", "The post was granted.");
pub const ROLE: Text = text("岗位", "Post");
pub const UNIT_CODE: Text = text("单位编号", "Code of the unit");
pub const UNIT_CODE_HELP: Text = text("不填时为最上级的中心", "The centre on top when empty");
