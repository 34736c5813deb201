//! Words of the picture of how a ticket moves.
//! Not here: the ticket's page (`ticket`).

use crate::text::{Locale, Text, text};

pub const FLOW: Text = text("办理流程图", "How it moves");
pub const FLOW_NOW: Text = text("当前环节", "Now");
pub const FLOW_WAS: Text = text("已经过的环节", "Done at least once");
pub const FLOW_OVER: Text = text("流程已结束。", "The process has ended.");
pub const FLOW_NONE: Text = text(
    "这个流程版本没有画图，办理不受影响。",
    "This version of the process has no drawing; the work goes on all the same.",
);
pub const FLOW_SCROLL: Text = text(
    "图比屏幕宽，可左右滑动查看。",
    "The drawing is wider than the screen: scroll sideways.",
);
pub const FLOW_BACK: Text = text("返回工单", "Back to the ticket");

/// The version of the process that a ticket runs on.
pub fn flow_version(version: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("流程第 {version} 版"),
        Locale::En => format!("Version {version} of the process"),
    }
}
