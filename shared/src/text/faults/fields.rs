//! Sentences for what is wrong with a field of a form or a body.
//! Not here: faults of the whole request (`whole`).
//! Each says what is expected and, where it helps, what came.

use super::Facts;
use crate::fault::Code;

/// The sentence for an input code; `None` for others.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::InputInvalid => facts.say(
            "有几处填写有误，请看标出的地方。您填写的内容都已保留。",
            "Some fields need another look; they are marked. What you typed is kept.",
        ),
        Code::InputRequired if facts.get("choice").is_some() => {
            facts.say("请选择一项。", "Please choose one of these.")
        }
        Code::InputRequired => facts.say("这一项必须填写。", "Please fill this in."),
        Code::InputTooLong => too_long(facts),
        Code::InputTooShort => too_short(facts),
        Code::InputCode if facts.get("digits").is_some() => digits(facts),
        Code::InputCode => facts.say(
            "这一项的值不在可选范围内，请重新选择。",
            "This is not one of the choices; please choose again.",
        ),
        Code::InputNumber => number(facts),
        Code::InputEncoding => facts.say(
            "这段文字的编码不是 UTF-8，读出来是乱码，请重新输入，或用其他浏览器填写。",
            "This text did not arrive as UTF-8 and cannot be read; please type it again, or use another browser.",
        ),
        Code::InputCharacters => facts.say(
            "含有不能保存的特殊字符，请删除后重新输入。",
            "This contains characters that cannot be stored; please delete and type it again.",
        ),
        Code::InputPhone => phone(facts),
        Code::InputPlace => facts.say(
            "没有找到这个地区，请从列表中选择。",
            "This place was not found; please choose it from the lists.",
        ),
        Code::InputBody => body(facts),
        Code::InputIdempotencyKey => facts.say(
            "缺少防重复编号，或编号格式不对，请刷新页面后再提交。",
            "The idempotency key is missing or malformed; reload the page and send again.",
        ),
        Code::PhotoType => facts.say(
            "只收 JPEG、PNG、WebP 照片，这个文件不是。",
            "Only JPEG, PNG and WebP photos are taken; this file is none.",
        ),
        Code::PhotoTooLarge => {
            let max = facts.get("max_mb").unwrap_or("10");
            facts.say(
                format!("照片不能超过 {max} MB。"),
                format!("A photo may have {max} MB at most."),
            )
        }
        Code::PhotoDimensions => facts.say(
            "照片的长宽超出范围，请换一张。",
            "This photo's width or height is out of range; please use another.",
        ),
        Code::PhotoTooMany => {
            let max = facts.get("max").unwrap_or("9");
            facts.say(
                format!("最多 {max} 张照片。"),
                format!("There can be {max} photos at most."),
            )
        }
        _ => return None,
    })
}

fn too_long(facts: &Facts<'_>) -> String {
    match (facts.get("max"), facts.get("length")) {
        (Some(max), Some(length)) => facts.say(
            format!("最多 {max} 个字，您填了 {length} 个。"),
            format!("This has {length} characters; {max} is the most."),
        ),
        (Some(max), None) => facts.say(
            format!("最多 {max} 个字。"),
            format!("At most {max} characters."),
        ),
        _ => facts.say("内容太长了。", "This is too long."),
    }
}

fn too_short(facts: &Facts<'_>) -> String {
    match (facts.get("min"), facts.get("length")) {
        (Some(min), Some(length)) => facts.say(
            format!("至少 {min} 个字，您填了 {length} 个。"),
            format!("This has {length} characters; it needs {min}."),
        ),
        (Some(min), None) => facts.say(
            format!("至少 {min} 个字。"),
            format!("At least {min} characters."),
        ),
        _ => facts.say("内容太短了。", "This is too short."),
    }
}

/// A number of a fixed length that was typed.
fn digits(facts: &Facts<'_>) -> String {
    let digits = facts.get("digits").unwrap_or("6");
    match facts.get("length").filter(|length| *length != digits) {
        Some(length) => facts.say(
            format!("应为 {digits} 位数字，您填了 {length} 位。"),
            format!("This needs {digits} digits; it has {length}."),
        ),
        None => facts.say(
            format!("应为 {digits} 位数字，请核对。"),
            format!("This needs {digits} digits; please check it."),
        ),
    }
}

fn number(facts: &Facts<'_>) -> String {
    match facts.get("min") {
        Some(min) => facts.say(
            format!("应不少于 {min}。"),
            format!("This must be {min} or more."),
        ),
        None if facts.get("value").is_some() => facts.say("请填写数字。", "Please give a number."),
        None => facts.say("数字不在可用范围内。", "This number is out of range."),
    }
}

fn phone(facts: &Facts<'_>) -> String {
    match facts.get("length") {
        Some("11") => facts.say(
            "电话号码不正确，请核对；座机请加区号。",
            "This phone number is not right; landlines need their area code.",
        ),
        Some(length) => facts.say(
            format!("手机号应为 11 位，您填了 {length} 位。"),
            format!("This phone number has {length} digits; it needs 11."),
        ),
        None => facts.say(
            "请填 11 位手机号，或带区号的座机。",
            "Give a mobile number of 11 digits or a landline with area code.",
        ),
    }
}

fn body(facts: &Facts<'_>) -> String {
    match facts.get("detail") {
        Some(detail) => facts.say(
            format!("提交的内容读不出来：{detail}。"),
            format!("The request body cannot be read: {}.", ascii(detail)),
        ),
        None => facts.say("提交的内容读不出来。", "The request body cannot be read."),
    }
}

/// Names of fields as they may stand in an English sentence.
fn ascii(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { c } else { '?' })
        .collect()
}
