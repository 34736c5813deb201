//! Words about leaders who urge: the form.
//! Not here: names of the verb (`ticket::verbs`) and of the kinds (`ticket::PressKind`), the notice (`notification::template`).

use crate::text::{Text, text};

pub const HOW: Text = text("催办方式", "How");
pub const HELP: Text = text(
    "提醒正在办理的单位，每个工作日一次，与诉求人催办分开计算。黄牌通知联络人和经办人，红牌和电话另通知单位负责人；电话催办请写明与谁通话、对方怎么说。",
    "A reminder to the units that work on it, once a working day, apart from the citizen's. A yellow card goes to liaison and handler, a red card and a call to the unit's leader as well; of a call say with whom you spoke and what was said.",
);
pub const SEND: Text = text("催办", "Urge");
