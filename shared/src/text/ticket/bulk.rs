//! Words about acts on many tickets at once: choosing, the look before, the results.
//! Not here: names of the acts and of what became of a ticket (`ticket::bulk`).
//! Sentences with numbers are functions.

use crate::text::{Locale, Text, text};

pub const BULK: Text = text("批量办理", "Several at once");
pub const RESULTS: Text = text("批量办理结果", "What became of them");
pub const CHOOSE: Text = text("选择", "Choose");
pub const WITH_CHOSEN: Text = text("对选中的工单：", "With those chosen:");
pub const WHY: Text = text(
    "下面逐件写明将要办什么，或为什么不能办。确认后逐件办理，一件不成不影响其他件。",
    "For each ticket this says what will be done, or why it cannot be. They are done one by one; one that fails stops no other.",
);
pub const NONE: Text = text("没有选择工单", "No ticket was chosen");
pub const NONE_WHY: Text = text(
    "请在待办或工单列表中勾选，再点批量办理。",
    "Tick tickets among the to-dos or in the list, then choose what to do.",
);
pub const NOTHING_FITS: Text = text(
    "选中的工单现在都不能这样办理。",
    "None of the chosen tickets can be done so just now.",
);
pub const TICKET: Text = text("工单", "Ticket");
pub const WILL: Text = text("将要办理", "What will be done");
pub const OUTCOME: Text = text("结果", "Result");
pub const AT: Text = text("提交时间", "Asked for");
pub const OUT_OF_REACH: Text = text("看不到的工单", "A ticket out of your reach");
pub const REPLY_HELP: Text = text(
    "同一答复用于下列每一件。可写 {no}（工单编号）和 {unit}（承办单位），发出时逐件替换。",
    "One answer for each of these tickets. {no} becomes its number and {unit} the unit that answers.",
);
pub const DISPATCH_HELP: Text = text(
    "下列工单派给同一家单位；紧急程度、类别和标签按各自的不变。",
    "All go to the same unit; urgency, category and tags stay as each ticket has them.",
);
pub const SIGN_HELP: Text = text(
    "逐件签收，办理时限不变。",
    "Each is signed for; its deadlines stay.",
);
pub const AGAIN: Text = text("再看没有办成的", "Look again at those not done");
pub const TO_TASKS: Text = text("回到待办", "Back to the to-dos");
pub const SAFE: Text = text(
    "本页可以刷新，不会重复办理。",
    "This page can be loaded again; nothing is done twice.",
);

/// `可办 3 件，不能办 1 件`.
pub fn counted(fit: usize, rest: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("可办 {fit} 件，不能办 {rest} 件"),
        Locale::En => format!("{fit} can be done, {rest} cannot"),
    }
}

/// `办成 3 件，共 4 件`.
pub fn done(done: usize, all: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("办成 {done} 件，共 {all} 件"),
        Locale::En => format!("{done} of {all} done"),
    }
}

/// What a row's box is called.
pub fn choose(number: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("选择工单 {number}"),
        Locale::En => format!("Choose ticket {number}"),
    }
}

/// What the two words in a text stand for; none for other words.
pub fn filled(text: &str, number: &str, unit: &str) -> String {
    text.replace("{no}", number).replace("{unit}", unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_unit_stand_in_a_text() {
        assert_eq!(
            filled("工单{no}由{unit}办理，{day}", "32", "城管局"),
            "工单32由城管局办理，{day}"
        );
    }
}
