//! Words about three-way calls: the form.
//! Not here: names of the verb (`ticket::verbs`), the measure (`measure`).

use crate::text::{Text, text};

pub const UNIT: Text = text("接通的单位", "Unit on the line");
pub const WITH: Text = text("单位接话人", "Who spoke for the unit");
pub const ANSWER: Text = text("通话结果（告知诉求人的内容）", "What the citizen was told");
pub const SOLVED: Text = text("当场解决", "Solved on the line");
pub const NOT_SOLVED: Text = text("没有解决", "Not solved");
pub const HELP: Text = text(
    "坐席、诉求人和单位三方通话后记录。已解决的当即办结，内容作为答复；没有解决的留在待派单，记录在办理过程里。",
    "After a call of agent, citizen and unit. Solved, the ticket closes with what was told as its answer; not solved, it waits for its dispatch, and the record stands in the history.",
);
pub const SEND: Text = text("记录三方通话", "Record the call");
