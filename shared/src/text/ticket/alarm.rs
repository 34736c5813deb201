//! Words of the overtime alarm.
//! Not here: names of its kinds (`ladder::alarm`).

use crate::text::{Locale, Text, text};

pub const ALARMS: Text = text("超时报警", "Overtime alarm");
pub const WHY: Text = text(
    "等待派单或审核超过规定分钟数的工单，承办单位逾期未签收的特急件，以及督办阶梯到级后应电话催办、应发督办单的承办件。办理后自动消失。",
    "Tickets that wait for their dispatch or its review longer than allowed, emergencies that no unit has signed for in time, and parts that the ladder wants urged by telephone or supervised. What is done goes away by itself.",
);
pub const DESK: Text = text(
    "这张登记单已打开 15 分钟。还在通话的，请先登记要点，其余可以补录。",
    "This form has been open for 15 minutes. Register what matters now; the rest can follow.",
);
pub const NONE: Text = text("没有超时", "Nothing waits too long");
pub const NONE_WHY: Text = text("都在规定时间内。", "All is in time.");
pub const TICKET: Text = text("工单", "Ticket");
pub const SINCE: Text = text("等待", "Waits");
pub const UNIT: Text = text("单位", "Unit");
pub const STATE: Text = text("状态", "State");

/// `规定 30 分钟`.
pub fn allowed(minutes: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("派单和审核规定 {minutes} 分钟内"),
        Locale::En => format!("Dispatch and review within {minutes} minutes"),
    }
}

/// `超时报警 3 件`.
pub fn rings(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("超时报警 {count} 件"),
        Locale::En if count == 1 => "1 overtime alarm".to_owned(),
        Locale::En => format!("{count} overtime alarms"),
    }
}
