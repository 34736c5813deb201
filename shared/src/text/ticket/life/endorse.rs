//! Words about the unit's own word on what it asks of the centre: the form, and how it stands with the request.
//! Not here: names of the verb (`ticket::verbs`), the switch (`register`).

use crate::text::{Text, text};

pub const WORD: Text = text("单位意见", "The unit's word");
pub const HELP: Text = text(
    "本单位的申请先由负责人审批：同意后报中心裁定，不同意即终止申请。申请人不能审批自己的申请。",
    "What your unit asks for is yours to pass first: passed on, the centre rules on it; stopped, it was never asked. Nobody passes an own request.",
);
pub const YES: Text = text("同意，报中心裁定", "Pass it on to the centre");
pub const NO: Text = text("不同意，终止申请", "Stop it");
pub const SEND: Text = text("提交意见", "Decide");
pub const WAITS: Text = text("等待单位负责人审批", "Waits for the unit's leader");
pub const PASSED: Text = text(
    "单位没有其他负责人，直接报中心",
    "The unit has no other leader: straight to the centre",
);
pub const AGREED: Text = text("单位同意", "The unit agrees");
pub const STOPPED: Text = text("单位不同意", "The unit does not agree");
