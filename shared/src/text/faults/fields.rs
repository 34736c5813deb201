//! Sentences for what is wrong with a field of a form or a body.
//! Not here: faults of the whole request (`whole`).
//! Each says what is expected and, where it helps, what came.

use super::Facts;
use crate::fault::Code;
use crate::input;

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
        Code::InputCode => choice(facts),
        Code::InputNumber => number(facts),
        Code::InputCharacters => characters(facts),
        Code::InputEncoding => facts.say(
            "这段文字的编码不是 UTF-8，读出来是乱码，请重新输入，或用其他浏览器填写。",
            "This text did not arrive as UTF-8 and cannot be read; please type it again, or use another browser.",
        ),
        Code::InputPhone => phone(facts),
        Code::InputPersonal => facts.say("答复中有手机号或证件号，会随答复公开。请删去；确需告知的，勾选“仍然发送”。", "A mobile or identity number stands in the answer, and goes out with it. Take it out; if the citizen needs it, tick \"send it anyway\"."),
        Code::InputMasked => facts.say(
            "这里有脱敏的内容（如 138****5678），保存后原来的内容就没有了。请填写完整内容，或删去这一处。",
            "Something masked stands here (such as 138****5678) and would take the place of what it hides. Type it in full, or take it out.",
        ),
        Code::ViewPersonal => facts.say("保存的视图里不能有手机号或证件号，请删去，用时再输入。", "A saved view cannot hold a mobile or identity number; take it out, and type it when you need it."),
        Code::PhrasePersonal => facts.say("常用语里不能有手机号或证件号，请删去。", "A phrase cannot hold a mobile or identity number; take it out."),
        Code::InputPlace => facts.say(
            "没有找到这个地区，请从列表中选择。",
            "This place was not found; please choose it from the lists.",
        ),
        Code::InputBody => body(facts),
        Code::InputIdempotencyKey => facts.say(
            "缺少防重复编号，或编号格式不对，请刷新页面后再提交。",
            "The idempotency key is missing or malformed; reload the page and send again.",
        ),
        Code::PhotoType | Code::PhotoTooLarge | Code::PhotoDimensions => photo(code, facts),
        Code::PhotoTooMany => {
            let max = facts.get("max").unwrap_or("9");
            facts.say(
                format!("最多 {max} 张照片。"),
                format!("There can be {max} photos at most."),
            )
        }
        Code::PhotoDraftGone => facts.say(
            "这些照片已过期或不是在这里上传的，请重新选择照片后提交；其他内容已保留。",
            "These photos have expired or were not added here; choose them again and send. The rest is kept.",
        ),
        Code::PlaceOutside => {
            let area = facts.get("area").unwrap_or_default();
            facts.say(
                format!("这个地点不属于本中心（{area}）受理范围，请转接当地 12345，或请省级中心登记。"),
                "This place belongs to another centre; pass the caller on to its 12345, or let the province's centre register it.".to_owned(),
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

fn number(facts: &Facts<'_>) -> String {
    match (facts.get("min"), facts.get("max")) {
        (Some(min), Some(max)) => facts.say(
            format!("应在 {min} 到 {max} 之间。"),
            format!("This must be between {min} and {max}."),
        ),
        (Some(min), None) => facts.say(
            format!("应不少于 {min}。"),
            format!("This must be {min} or more."),
        ),
        _ if facts.get("value").is_some() => facts.say("请填写数字。", "Please give a number."),
        _ => facts.say("数字不在可用范围内。", "This number is out of range."),
    }
}

/// A typed number or code names its length; a choice is chosen again.
fn choice(facts: &Facts<'_>) -> String {
    let length = facts.get("length").unwrap_or("0");
    match facts.get("typed") {
        Some("ticket_no") if facts.get("length").is_some() => facts.say(
            format!("工单编号是 22 位数字，您填了 {length} 位，请核对。"),
            format!("A ticket number has 22 digits; this has {length}."),
        ),
        Some("ticket_no") => facts.say(
            "工单编号是 22 位数字，请核对。",
            "A ticket number has 22 digits; please check it.",
        ),
        Some("query_code") => facts.say(
            format!("查询码是 8 位字母和数字（早先的是 6 位数字），您填了 {length} 位，请核对。"),
            format!("The query code has 8 letters and digits (earlier ones 6 digits); this has {length}."),
        ),
        _ => facts.say(
            "这一项的值不在可选范围内，请重新选择。",
            "This is not one of the choices; please choose again.",
        ),
    }
}

/// Which sign, and where it stands.
fn characters(facts: &Facts<'_>) -> String {
    let sign = facts.get("sign").and_then(|sign| {
        let point = u32::from_str_radix(sign.strip_prefix("U+")?, 16).ok()?;
        Some((sign, input::name_of(char::from_u32(point)?)?))
    });
    match (sign, facts.get("at")) {
        (Some((sign, name)), Some(at)) => facts.say(
            format!(
                "第 {at} 个字符是{}（{sign}），不能保存，请删除后重新输入。",
                name.zh
            ),
            format!(
                "Character {at} is a {} ({sign}) and cannot be stored; please delete it.",
                name.en
            ),
        ),
        _ => facts.say(
            "含有不能保存的特殊字符，请删除后重新输入。",
            "This contains characters that cannot be stored; please delete and type it again.",
        ),
    }
}

fn phone(facts: &Facts<'_>) -> String {
    let length = facts.get("length").unwrap_or("0");
    match facts.get("why") {
        Some("mobile") => facts.say(
            format!("手机号应为 11 位，您填了 {length} 位。"),
            format!("This phone number has {length} digits; it needs 11."),
        ),
        Some("mobile_start") => facts.say(
            "没有这样开头的手机号，请核对；座机请加区号，例如 025-83600000。",
            "No mobile number begins like this; landlines need their area code, such as 025-83600000.",
        ),
        Some("no_area") => facts.say(
            "这像是座机号，请在前面加区号，例如 025-83600000。",
            "This looks like a landline; put its area code in front, such as 025-83600000.",
        ),
        Some("landline") => facts.say(
            "座机号应为区号加 7 或 8 位号码，分机写在最后，例如 025-83600000-801。",
            "A landline is an area code and 7 or 8 digits, the extension last: 025-83600000-801.",
        ),
        Some("toll") => facts.say(
            format!("400 和 800 号码应为 10 位，您填了 {length} 位。"),
            format!("Numbers with 400 or 800 have 10 digits; this has {length}."),
        ),
        Some("abroad") => facts.say(
            "“+”后面的国家（地区）代码和号码对不上，请核对，例如 +852 2345 6789。",
            "The number does not fit its country code; please check it, such as +852 2345 6789.",
        ),
        Some("several") => facts.say(
            "这里只填一个号码，其他号码请填在“其他联系方式”里。",
            "One number only, please; put the others into the other contact.",
        ),
        _ => facts.say(
            "请填 11 位手机号，或带区号的座机，例如 025-83600000。",
            "Give a mobile number of 11 digits or a landline with area code, such as 025-83600000.",
        ),
    }
}

/// Which photo, what about it, and where the limit is.
fn photo(code: Code, facts: &Facts<'_>) -> String {
    let words = match (code, facts.get("kind")) {
        (Code::PhotoType, Some("heic")) => facts.say(
            "是 HEIC 格式，请在手机相机设置里改为“兼容性最佳”（JPEG），或截图后再传。",
            "This is a HEIC file; set the camera to JPEG (“most compatible”) or send a screenshot.",
        ),
        (Code::PhotoType, _) => facts.say(
            "只收 JPEG、PNG、WebP 照片，这个文件不是。",
            "Only JPEG, PNG and WebP photos are taken; this file is none.",
        ),
        (Code::PhotoTooLarge, _) => {
            let max = facts.get("max_mb").unwrap_or("10");
            facts.say(
                format!("照片不能超过 {max} MB。"),
                format!("A photo may have {max} MB at most."),
            )
        }
        _ => {
            let side = facts.get("max_side").unwrap_or("20000");
            let most = facts.get("max_megapixels").unwrap_or("64");
            facts.say(
                format!("照片的长宽超出范围（长边最多 {side} 像素，共 {most} 百万像素），请缩小后再传。"),
                format!("This photo is too large ({side} pixels on a side, {most} megapixels at most); please make it smaller."),
            )
        }
    };
    match facts.get("name") {
        Some(name) => facts.say(format!("“{name}”：{words}"), format!("{name}: {words}")),
        None => words,
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
