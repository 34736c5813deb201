//! Words that several areas share, in both languages.
//! Not here: words of other areas, labels of code lists.
//! Add a constant where the page that shows it lives.

pub use super::clock::{date as date_words, date_time};
pub use super::time::{explain_words, limit as limit_words, remaining};
use super::{Locale, Text, text};

pub const PRODUCT: Text = text("民声 12345", "Minsheng 12345");

/// `3 处需要修改`, on top of a refused form.
pub fn fields_to_correct(count: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("还有 {count} 处需要修改"),
        Locale::En if count == 1 => "One thing needs correcting".to_owned(),
        Locale::En => format!("{count} things need correcting"),
    }
}

/// A sentence with the name of its field before it.
pub fn labelled(label: &str, sentence: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{label}：{sentence}"),
        Locale::En => format!("{label}: {sentence}"),
    }
}

/// The counter below a long text.
pub fn counter(length: u32, max: u32, locale: Locale) -> String {
    match (locale, length > max) {
        (Locale::Zh, false) => format!("{length} / {max} 字"),
        (Locale::Zh, true) => format!("{length} / {max} 字，超出 {} 字", length - max),
        (Locale::En, false) => format!("{length} of {max} characters"),
        (Locale::En, true) => format!("{length} of {max} characters, {} too many", length - max),
    }
}

/// What a screen reader says for a photo.
pub fn photo_of(index: usize, count: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("照片 {index}，共 {count} 张"),
        Locale::En => format!("Photo {index} of {count}"),
    }
}

pub const PHOTO_BEFORE: Text = text("上一张", "Previous");
pub const PHOTO_NEXT: Text = text("下一张", "Next");
pub const PHOTO_FILE: Text = text("原图", "Whole file");
pub const CLOSE: Text = text("关闭", "Close");
pub const SKIP: Text = text("跳到正文", "Skip to content");
pub const LARGE_TEXT: Text = text("大字版", "Large text");
pub const USUAL_TEXT: Text = text("标准字号", "Usual text");
pub const SIGN_IN: Text = text("登录", "Sign in");
pub const SIGN_OUT: Text = text("退出", "Sign out");
pub const SET_UP: Text = text("首次设置", "First set-up");
pub const TO_WORK: Text = text("进入工作台", "To your work");
pub const STAFF_SIGN_IN: Text = text("工作人员登录", "Staff sign-in");
pub const FOOTER: Text = text("也可以直接拨打", "you can also call");
pub const PRIVACY: Text = text("个人信息保护", "Privacy");
pub const LOADING: Text = text("正在读取…", "Loading…");
pub const SENDING: Text = text("正在提交…", "Sending…");
pub const OPTIONAL: Text = text("（选填）", "(optional)");
pub const PLEASE_CHOOSE: Text = text("请选择", "Please choose");
pub const NOT_CHOSEN: Text = text("不选", "Not chosen");
pub const ONLY_FOR: Text = text("只限于：", "Only for:");
pub const YES: Text = text("是", "Yes");
pub const NO: Text = text("否", "No");
pub const NOT_SENT: Text = text("没有提交成功", "This was not sent");
pub const NOT_DONE: Text = text("没有办成", "This was not done");
pub const PROVE_FIRST: Text = text("请确认是您本人", "Please prove that it is you");
pub const YOU_TYPED: Text = text("您填写的内容", "What you typed");
pub const INCIDENT: Text = text("事件编号", "Incident number");
pub const MISSING_TITLE: Text = text("没有找到", "Not found");
pub const MISSING_PAGE: Text = text(
    "这个地址没有内容。可能是链接不完整，或者内容已经移走。您提交过的诉求不受影响。",
    "There is nothing at this address. The link may be incomplete, or the page has moved. What you filed is not affected.",
);
pub const DENIED_TITLE: Text = text("没有权限", "Not allowed");
pub const SIGNED_OUT_TITLE: Text = text("请先登录", "Please sign in");
pub const SIGN_IN_FIRST: Text = text(
    "登录后会回到您要看的页面。",
    "After signing in you come back to the page you wanted.",
);
pub const LIMITED_TITLE: Text = text("请稍等", "Please wait");
pub const BUSY_TITLE: Text = text("暂时办不了", "Not possible just now");
pub const BROKEN_TITLE: Text = text("出错了", "Something went wrong");
pub const NOT_READ_TITLE: Text = text("条件有误", "The question cannot be read");
pub const WITHOUT_CONDITIONS: Text = text("清除条件", "Clear the conditions");
pub const NOT_SIGNED_IN: Text = text("没有登录成功", "You are not signed in");
pub const NOT_FOUND_BY_CODE: Text = text("没有查到", "Nothing was found");
pub const TRY_AGAIN: Text = text("再试一次", "Try again");
pub const SIGN_IN_AND_GO_ON: Text = text("登录并继续", "Sign in and go on");
pub const SIGN_IN_BESIDE: Text = text("在新页面登录", "Sign in on a new page");
pub const SIGN_IN_KEPT: Text = text(
    "登录已经过期，您填写的内容还没有提交，但都在下面。请先在新页面登录，再回到这里按“再次提交”。",
    "Your session has ended. What you typed was not sent, but it stands below: sign in on a new page, come back here and press \"Send again\".",
);
pub const SEND_AGAIN: Text = text("再次提交", "Send again");
pub const TYPED_BACK: Text = text(
    "已恢复您上次没有提交的内容。",
    "What you typed last time and did not send is back.",
);
pub const TYPED_OFFER: Text = text(
    "您有一份没有登记的来电内容；在新表单里填写会取代它。",
    "There is a call that you typed and did not register; what you type anew takes its place.",
);
pub const TYPED_GO_ON: Text = text("接着填写", "Go on with it");
pub const TYPED_THROW_AWAY: Text = text("丢弃", "Throw it away");
pub const TYPED_DISCARD: Text = text("清空重填", "Discard and start again");
pub const TO_HOME: Text = text("返回首页", "To the start page");
pub const TO_TRACK: Text = text("查进度", "Look up progress");
pub const PROVISIONAL: Text = text(
    "（暂定：当年节假日安排尚未公布）",
    "(provisional: the holidays of that year are not announced yet)",
);
pub const ENDED_IN_TIME: Text = text("未超期", "In time");
pub const ENDED_LATE: Text = text("已超期", "Late");
pub const PROVISIONAL_SHORT: Text = text("暂定", "provisional");
pub const STEP_DONE: Text = text("已完成：", "Done: ");
pub const STEP_CURRENT: Text = text("进行中：", "Now: ");
pub const STEP_COMING: Text = text("未开始：", "To come: ");
pub const PAGES: Text = text("翻页", "Pages");
pub const FIRST_PAGE: Text = text("第一页", "First page");
pub const PREV_PAGE: Text = text("上一页", "Previous page");
pub const NEXT_PAGE: Text = text("下一页", "Next page");
