//! How many a matter touches and how long it can wait, from which a matrix of the office proposes how urgent it is (`register::LevelRow`).
//! Not here: the matrix (`register::lists`), what an urgent ticket's limits are (`process::limit`).
//! Somebody who says otherwise says why.

use super::Urgency;
use crate::register::LevelRow;

codes! {
    /// How many a matter touches.
    Impact {
        Person = "1", "person", "个人或一户", "One person or household";
        Group = "2", "group", "一栋楼、一个小区或一群人", "A building, an estate or a group";
        Public = "3", "public", "公共安全或社会面", "Public safety or the public at large";
    }
}

codes! {
    /// How long a matter can wait.
    Haste {
        Waits = "1", "waits", "可以按正常时限办", "It can wait for the usual time";
        Soon = "2", "soon", "拖延会明显加重", "Waiting makes it much worse";
        Now = "3", "now", "正在发生或马上会发生危险", "Danger now or at once";
    }
}

/// What the matrix proposes; nothing where one of both is not said, or the matrix has no such field.
pub fn proposed(
    matrix: &[LevelRow],
    impact: Option<Impact>,
    haste: Option<Haste>,
) -> Option<Urgency> {
    let (impact, haste) = impact.zip(haste)?;
    let mut rows = matrix.iter();
    let row = rows.find(|row| row.impact == impact && row.haste == haste);
    row.map(|row| row.level)
}
