//! What V14 and V18 look for in texts.
//! Not here: masks (`person::conceal`), on whose shapes V18 builds.

use crate::person::conceal;

/// Words that tell of danger to life or of many people.
const URGENT: [&str; 24] = [
    "燃气泄漏",
    "煤气泄漏",
    "天然气泄漏",
    "燃气味",
    "坍塌",
    "倒塌",
    "塌陷",
    "爆炸",
    "起火",
    "着火",
    "火灾",
    "触电",
    "漏电",
    "溺水",
    "中毒",
    "伤亡",
    "有人受伤",
    "被困",
    "轻生",
    "自杀",
    "跳楼",
    "群体性",
    "聚集讨薪",
    "生命危险",
];

/// The first urgent word of a text.
pub fn urgent_word(text: &str) -> Option<&'static str> {
    URGENT.into_iter().find(|word| text.contains(word))
}

/// Whether a mobile number or an identity number of somebody stands in a text.
pub fn has_personal_number(text: &str) -> bool {
    conceal(text) != text
}
