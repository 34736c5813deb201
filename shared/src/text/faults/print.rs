//! Sentences for faults of printing.
//! Not here: what a report says.
//! The administrator's words, with the names of packages, stand in the log and in `minsheng doctor`.

use super::Facts;
use crate::fault::Code;

/// The sentence for a code of printing; `None` for the others.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::PrintNoFont => facts.say("服务器上没有中文字体，暂时不能生成 PDF；请告诉管理员安装中文字体（minsheng doctor 会说明装哪个），工作簿不受影响。", "The server has no font with Chinese characters, so no PDF can be made. Please tell the administrators to install one (minsheng doctor says which); the workbook can be taken as before."),
        _ => return None,
    })
}
