//! Words of the citizen pages, in both languages: home, the form, success, tracking.
//! Not here: common questions (`questions`), labels of code lists and of fields (`fields`).
//! Add a constant where the page that shows it lives.

pub mod account;
pub mod data;
pub mod mandate;
pub mod wish;

use super::{Locale, Text, text};
use crate::calendar::Instant;
use crate::measure::Rate;
use crate::ticket::Hold;

// Home.
pub const FILE_DOOR: Text = text("提交诉求", "File a request");
pub const FILE_DOOR_HELP: Text = text(
    "说事情，传照片，几分钟办好",
    "Say what it is, add photos; a few minutes",
);
pub const TRACK_DOOR: Text = text("查进度", "Look up progress");
pub const TRACK_DOOR_HELP: Text = text(
    "用工单号和查询码，看办到哪一步",
    "With ticket number and code",
);
pub const QUESTIONS_DOOR: Text = text("常见问题", "Common questions");
pub const QUESTIONS_DOOR_HELP: Text = text(
    "怎么提、多久答复、谁能看到",
    "How to file, how long it takes, who sees it",
);
pub const DANGER: Text = text("现在有危险？请直接拨打", "In danger now? Call");
pub const POLICE: Text = text("报警 110", "Police 110");
pub const FIRE: Text = text("火警 119", "Fire 119");
pub const AMBULANCE: Text = text("急救 120", "Ambulance 120");
pub const FIGURES_ANSWERED: Text = text("按时答复", "Answered in time");
pub const FIGURES_SOLVED: Text = text("已解决", "Solved");
pub const FIGURES_SATISFIED: Text = text("满意", "Satisfied");
pub const FIGURES_NONE: Text = text(
    "本月还没有可以公布的数字。",
    "There are no figures to publish for this month yet.",
);

/// Heading of the three open figures.
pub fn figures_of(month: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{month}办理情况"),
        Locale::En => format!("How we did in {month}"),
    }
}

/// From how many a figure was counted.
pub fn counted(rate: Rate, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{} / {} 件", rate.numerator, rate.denominator),
        Locale::En => format!("{} of {}", rate.numerator, rate.denominator),
    }
}

// The form.
pub const FILE_TITLE: Text = text("提交诉求", "File a request");
pub const PRIVACY_TITLE: Text = text("个人信息保护说明", "Privacy statement");
pub const CLOSED: Text = text(
    "网上暂停提交诉求，请拨打",
    "Requests are not taken on the web just now; please call",
);
pub const MORE: Text = text("请再说明几点", "A few more questions");
pub const MATTER: Text = text("事项", "Matter");
pub const MATTER_HELP: Text = text(
    "没有合适的可以不选；选了会多问几点",
    "Leave it open if none fits; some ask a little more",
);
pub const WHAT: Text = text("什么事", "What it is about");
pub const KIND: Text = text("您想", "You want to");
pub const INQUIRY_EXAMPLE: Text = text(
    "例：公积金怎么提取？",
    "Such as: how do I withdraw from the housing fund?",
);
pub const HELP_EXAMPLE: Text = text(
    "例：楼下井盖丢了，请尽快补上",
    "Such as: a manhole cover is missing",
);
pub const COMPLAINT_EXAMPLE: Text = text(
    "例：工地夜里施工，吵得睡不着",
    "Such as: night work on a building site",
);
pub const TIP_OFF_EXAMPLE: Text = text(
    "例：有人偷排污水",
    "Such as: somebody discharges waste water",
);
pub const SUGGESTION_EXAMPLE: Text = text(
    "例：学校门口应加一条斑马线",
    "Such as: a crossing is needed by the school",
);
pub const CONTENT_HELP: Text = text(
    "写清时间、地点、经过和您的期望，10 到 4000 字。",
    "Say when, where, what happened and what you wish; 10 to 4,000 characters.",
);
pub const URGENT_WORD: Text = text(
    "如有人身危险，请立即拨打 110、119 或 120，不要等待答复。",
    "If somebody is in danger, call 110, 119 or 120 at once; do not wait for an answer.",
);
pub const WHERE: Text = text("在哪里", "Where it is");
pub const CHOOSE_CITY: Text = text("请选择设区市", "Choose the city");
pub const CHOOSE_COUNTY: Text = text("请选择区县", "Choose the district");
pub const CHOOSE_STREET: Text = text("不清楚可以不选", "Leave it if not known");
pub const NEXT_PLACE: Text = text("下一步：选择下级地点", "Next: the places within it");
pub const ADDRESS_HELP: Text = text(
    "小区、门牌、路口或附近的店名，便于找到。",
    "Estate, house number, crossing or a shop nearby.",
);
pub const POSITION_BUTTON: Text = text("附上我的位置", "Add my position");
pub const POSITION_ASKING: Text = text("正在定位…", "Finding your position…");
pub const POSITION_FAILED: Text = text(
    "没有取得位置，不影响提交。",
    "The position could not be found; you can file without it.",
);
pub const POSITION_REMOVE: Text = text("去掉位置", "Remove the position");
pub const PHOTOS: Text = text("照片", "Photos");
pub const PHOTOS_HELP: Text = text(
    "最多 9 张，JPEG、PNG 或 WebP，每张不超过 10 MB。照片里的定位信息会去掉。",
    "Up to 9, JPEG, PNG or WebP, at most 10 MB each. Position data inside the photos is removed.",
);
pub const PHOTOS_ADD: Text = text("添加照片", "Add photos");
pub const PHOTOS_SEND: Text = text("上传所选照片", "Upload the chosen photos");
pub const PHOTOS_FULL: Text = text(
    "已有 9 张照片，去掉一张才能再加。",
    "There are 9 photos. Remove one to add another.",
);
pub const PHOTO_REMOVE: Text = text("去掉", "Remove");
pub const PHOTO_AGAIN: Text = text("重试", "Try again");
pub const PHOTO_READY: Text = text("已上传", "Uploaded");
pub const PHOTO_PREPARING: Text = text("正在压缩", "Being made smaller");
pub const PHOTOS_PENDING: Text = text(
    "还有照片没有传完，请等它们传完再提交。",
    "Some photos are still on their way. Please wait for them before you file.",
);
pub const CONTACT: Text = text("怎么联系您", "How to reach you");
pub const PHONE_HELP: Text = text(
    "承办单位会打这个电话了解情况。",
    "The unit in charge calls this number to learn more.",
);
pub const MORE_CONTACT: Text = text(
    "单位、企业或其他联系方式",
    "For an organisation, or another way to reach you",
);
pub const MORE_HELP: Text = text(
    "都可以不填。加密保存，只有经办人员说明理由才能看到全文。",
    "All of it may stay empty. It is kept encrypted; staff see it in full only for a reason.",
);
pub const BACKUP_HELP: Text = text(
    "电话打不通时用，例如另一个电话或微信号。",
    "For when the number does not answer: another number, for example.",
);
pub const ID_HELP: Text = text(
    "一般不用填；办理事项依法需要核对身份时才填。",
    "Usually not needed; only where the law asks who you are.",
);
pub const CREDIT_HELP: Text = text(
    "营业执照上的 18 位统一社会信用代码。",
    "The 18 characters on the business licence.",
);
pub const IDENTITY: Text = text("谁能看到您是谁", "Who sees who you are");
pub const OPEN: Text = text("实名", "Open");
pub const OPEN_HELP: Text = text(
    "热线中心和承办单位能看到，便于联系您。",
    "The hotline and the unit in charge see it, so that they can reach you.",
);
pub const CONFIDENTIAL: Text = text("保密", "Confidential");
pub const CONFIDENTIAL_HELP: Text = text(
    "只有热线中心能看到，承办单位看不到。",
    "Only the hotline sees it; the unit in charge does not.",
);
pub const ANONYMOUS: Text = text("匿名", "Anonymous");
pub const ANONYMOUS_HELP: Text = text(
    "不保存您的姓名和电话，没有人能看到；我们也无法联系您。",
    "Name and phone are not kept and nobody sees them; we cannot reach you either.",
);
pub const NO_REPLY: Text = text("不需要答复", "No reply needed");
pub const NO_REPLY_HELP: Text = text(
    "照常办理，但不打电话答复；结果可以在这里查到。",
    "It is handled all the same, but nobody calls you; you can look up the result here.",
);
pub const SUBMIT: Text = text("提交诉求", "File the request");
pub const DRAFT_RESTORED: Text = text(
    "已恢复您上次没有提交的内容。",
    "What you typed last time is back.",
);
pub const DRAFT_KEPT: Text = text(
    "没有提交的内容只留在您的浏览器里，关闭这个标签页就清除。",
    "What is not filed yet stays in your browser only, and is gone when this tab is closed.",
);
pub const DRAFT_KEEP: Text = text(
    "在这台设备上保留 7 天（公用电脑请不要勾选）",
    "Keep it on this device for 7 days (not on a shared computer)",
);
pub const DRAFT_DISCARD: Text = text("清空重填", "Discard and start again");

/// A position that was added, with its accuracy in metres where it is known (above 0).
pub fn position_added(accuracy: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh if accuracy <= 0 => "已附上位置。".to_owned(),
        Locale::En if accuracy <= 0 => "Position added.".to_owned(),
        Locale::Zh => format!("已附上位置，误差约 {accuracy} 米。"),
        Locale::En => format!("Position added, accurate to about {accuracy} metres."),
    }
}

/// How many photos there are.
pub fn photos_count(count: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{count} / 9 张"),
        Locale::En => format!("{count} of 9"),
    }
}

/// What a screen reader says for a photo's remove button.
pub fn remove_photo(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("去掉照片 {name}"),
        Locale::En => format!("Remove photo {name}"),
    }
}

// Success.
pub const FILED_TITLE: Text = text("已收到您的诉求", "We have your request");
pub const FILED_NEXT: Text = text(
    "请记下工单号和查询码，查进度要用。",
    "Keep the ticket number and the code: you need both to look it up.",
);
pub const FILED_SMS: Text = text(
    "留了手机号的，我们也会发短信给您。",
    "If you left a mobile number, we also send them by text message.",
);
pub const FILED_CODE: Text = text("查询码", "Query code");
pub const FILED_NUMBER: Text = text("工单号", "Ticket number");
pub const FILED_DUE: Text = text("预计答复", "Expected answer");
pub const FILED_GONE: Text = text(
    "为了安全，工单号和查询码只显示半小时。请用您记下的或短信里的工单号和查询码查进度。",
    "For safety, number and code are shown for half an hour only. Please look it up with the number and code that you kept or got by text message.",
);
pub const COPY: Text = text("复制", "Copy");
pub const COPIED: Text = text("已复制", "Copied");
pub const COPY_FAILED: Text = text(
    "没有复制成功，请长按选取",
    "Not copied; please select it by hand",
);
pub const SEE_PROGRESS: Text = text("查看进度", "See the progress");
pub const FILE_ANOTHER: Text = text("再提一件", "File another");

// Tracking.
pub const TRACK_TITLE: Text = text("查进度", "Look up progress");
pub const TRACK_INTRO: Text = text(
    "输入提交时得到的工单号和查询码。",
    "Enter the ticket number and the code that you got when you filed.",
);
pub const TICKET_NO_HELP: Text = text(
    "22 位数字，可以带空格。",
    "22 digits; spaces do not matter.",
);
pub const CODE_HELP: Text = text(
    "8 位字母或数字，不分大小写；以前的 6 位数字仍可用。",
    "8 letters or digits, capitals or not; older codes of 6 digits still work.",
);
pub const LOOK_UP: Text = text("查询", "Look up");
pub const CODE_LOST: Text = text(
    "查询码丢了？请拨打 12345，报上登记的电话找回。",
    "Lost the code? Call 12345 with the phone number that you registered.",
);
pub const PROGRESS_TITLE: Text = text("办理进度", "Progress");
pub const NOT_FOLLOWING: Text = text(
    "请先输入工单号和查询码",
    "Please enter number and code first",
);
pub const NOT_FOLLOWING_WHY: Text = text(
    "为了安全，查询半小时后要重新输入。",
    "For safety, a look-up lasts half an hour; then number and code are needed again.",
);
pub const ACCEPTED_AT: Text = text("登记时间", "Filed");
pub const YOUR_PLACE: Text = text("地点", "Place");
pub const YOUR_WORDS: Text = text("您反映的内容", "What you wrote");
pub const YOUR_KIND: Text = text("类型", "Type");
pub const REPLY: Text = text("答复", "Answer");
pub const URGE: Text = text("催办", "Urge");
pub const URGE_HELP: Text = text(
    "每个工作日可以催一次，承办单位马上会看到。",
    "Once per working day; the unit in charge sees it at once.",
);
pub const URGE_SEND: Text = text("催一下", "Send the reminder");
pub const WITHDRAW: Text = text("撤回诉求", "Withdraw");
pub const WITHDRAW_HELP: Text = text(
    "撤回后不再办理，也不能恢复；需要时可以重新提交。",
    "It is then no longer handled and cannot be brought back; you can file again.",
);
pub const WITHDRAW_SEND: Text = text("确认撤回", "Withdraw it");
pub const RATE: Text = text("评价", "Rate");
pub const RATE_SOLVED: Text = text("问题解决了吗？", "Is it solved?");
pub const RATE_SATISFIED: Text = text("您满意吗？", "Are you satisfied?");
pub const RATE_SEND: Text = text("提交评价", "Send the rating");
pub const QUESTIONNAIRE: Text = text("评价办理情况", "Rate the handling");
pub const QUESTIONNAIRE_INTRO: Text = text(
    "请就这件工单的办理情况回答四个问题，每项单独填写。只能提交一次，不需要登录。",
    "Please answer four questions about this ticket, each on its own. It can be sent once, and no sign-in is needed.",
);
pub const QUESTIONNAIRE_WORDS: Text = text("您还想说的", "Anything else you want to say");
pub const YOUR_RATING: Text = text("您的评价", "Your rating");
pub const REOPEN: Text = text("有新情况，申请重新打开", "Something is new: open it again");
pub const REOPEN_HELP: Text = text(
    "写明办结后出现的新情况，工作人员核实后决定是否重新办理。",
    "Say what is new since it was closed; the hotline looks at it and decides.",
);
pub const REOPEN_SEND: Text = text("提交申请", "Send it");
pub const REOPENED: Text = text(
    "申请已收到，核实后会告知您结果。",
    "We have it and will tell you what is decided.",
);
pub const REOPENING_WAITS: Text = text(
    "您申请重新打开，正在核实。",
    "You asked to open it again; it is being looked at.",
);
pub const REOPENING_GRANTED: Text = text(
    "您反映的新情况已重新办理。",
    "What you brought is handled again.",
);
pub const REOPENING_REFUSED: Text = text(
    "经核为同一事项，结果此前已告知。",
    "It is the same matter, of which you were told the result.",
);

/// What a ticket waits for, and until when.
pub fn held(hold: Hold, until: Instant, now: Instant, locale: Locale) -> String {
    let day = crate::text::clock::date(until.date(), now, locale);
    match (hold, locale) {
        (Hold::Suspended, Locale::Zh) => format!("办理需要等待有关事项，预计{day}恢复。"),
        (Hold::Suspended, Locale::En) => format!("It has to wait, and goes on on {day}."),
        (Hold::Tracking, Locale::Zh) => format!("承办单位承诺{day}前办结。"),
        (Hold::Tracking, Locale::En) => format!("The unit promises to be done by {day}."),
    }
}
pub const ANOTHER_TICKET: Text = text("查另一件", "Look up another");
pub const URGED: Text = text(
    "已催办，承办单位会看到。",
    "Reminder sent; the unit in charge sees it.",
);
pub const WITHDRAWN: Text = text("诉求已撤回。", "The request is withdrawn.");
pub const RATED: Text = text("谢谢，评价已收到。", "Thank you, we have your rating.");

/// The name of a step of the public timeline, as a noun, since it is read before, while and after it happens; nothing for a stage that this release does not know.
pub fn stage(word: &str) -> Option<Text> {
    Some(match word {
        "registered" => text("已登记", "Registered"),
        "dispatched" => text("派单", "Dispatch"),
        "signed" => text("签收", "Signing for"),
        "handling" => text("办理", "Handling"),
        "replied" => text("反馈结果", "Reply of the unit"),
        "reviewed" => text("审核", "Review"),
        "followed_up" => text("回访", "Follow-up"),
        "closed" => text("办结", "Closing"),
        "withdrawn" => text("已撤回", "Withdrawn"),
        "declined" => text("不予受理", "Declined"),
        "terminated" => text("终止办理", "Terminated"),
        "merged" => text("与同一事项一并办理", "Handled together"),
        "transferred" => text("已转有关机构", "Handed over"),
        _ => return None,
    })
}

// Sign-in and set-up.
pub const SIGN_IN_FOR: Text = text(
    "工作人员登录。市民提交和查询不需要登录。",
    "For staff. Citizens file and look up without signing in.",
);
pub const SET_UP_INTRO: Text = text(
    "这个链接只能用一次，用来建立第一个系统管理员账号。",
    "This link works once; it creates the first system administrator.",
);
pub const SET_UP_PASSWORD_HELP: Text = text(
    "至少 10 个字符，含大写、小写、数字、符号中的三种，不含用户名。",
    "At least 10 characters, three kinds of capital, small, digit and sign, without the user name.",
);
pub const SET_UP_SEND: Text = text("建立账号", "Create the account");
pub const SET_UP_NO_TOKEN: Text = text(
    "链接不完整。请打开启动时给出的完整链接。",
    "The link is incomplete. Please open the whole link that the server printed.",
);

// Common questions.
pub const QUESTIONS_TITLE: Text = text("常见问题", "Common questions");
pub const QUESTIONS_INTRO: Text = text(
    "没有找到答案？可以拨打 12345，也可以在这里提交。",
    "No answer here? Call 12345, or file your request here.",
);

/// Until when a questionnaire can be answered.
pub fn answer_until(until: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("请在 {until} 前提交。"),
        Locale::En => format!("Please send it before {until}."),
    }
}
