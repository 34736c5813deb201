//! Names of the fields of forms and commands, for labels and for the list of errors on top of a form.
//! The key is the field's name on the wire; one name means the same everywhere.
//! Not here: values of code lists (beside their enum).

use super::{Text, text};

/// The name of a field; nothing for a field that people never see.
pub fn label(field: &str) -> Option<Text> {
    LABELS
        .iter()
        .find(|(name, _)| *name == field)
        .map(|(_, label)| *label)
}

/// Field names and what people read.
const LABELS: &[(&str, Text)] = &[
    ("kind", text("诉求类型", "Type")),
    ("content", text("诉求内容", "What happened")),
    ("title", text("标题", "Title")),
    ("region", text("地点", "Place")),
    ("city", text("设区市", "City")),
    ("county", text("区县", "District or county")),
    ("street", text("街道或乡镇", "Subdistrict or town")),
    ("address", text("详细地址", "Address")),
    ("occurred_at", text("发生时间", "When it happened")),
    ("done_at", text("实际办理时间", "When it was done")),
    ("category", text("诉求类别", "Category")),
    ("urgency", text("紧急程度", "Urgency")),
    ("subject_type", text("诉求人类别", "Who speaks")),
    ("photos", text("照片", "Photos")),
    ("citizen.name", text("姓名", "Name")),
    ("citizen.phone", text("联系电话", "Phone number")),
    (
        "citizen.backup_contact",
        text("备用联系方式", "Another contact"),
    ),
    ("citizen.email", text("电子邮箱", "E-mail")),
    ("citizen.id_number", text("身份证号", "Identity number")),
    ("citizen.organisation", text("单位名称", "Organisation")),
    (
        "citizen.credit_code",
        text("统一社会信用代码", "Social credit code"),
    ),
    ("mandate", text("为谁提交", "For whom")),
    (
        "credit_code",
        text("统一社会信用代码", "Social credit code"),
    ),
    (
        "organisation",
        text("单位登记名称", "Name of the organisation as registered"),
    ),
    ("acts_as", text("您在单位的身份", "What you are there")),
    ("valid_until", text("有效期至", "Until")),
    (
        "evidence",
        text(
            "授权委托书编号和日期",
            "Number and date of the letter of authority",
        ),
    ),
    ("identity", text("您的身份", "Your identity")),
    ("no_reply", text("不需要答复", "No reply needed")),
    ("lookup_reason", text("查询理由", "Why you look it up")),
    ("repeat_of", text("原工单号", "Earlier ticket")),
    ("ticket_no", text("工单号", "Ticket number")),
    ("code", text("查询码", "Query code")),
    ("phone", text("手机号码", "Mobile number")),
    ("sms_code", text("短信验证码", "Code from the text message")),
    ("agree", text("个人信息保护说明", "Privacy statement")),
    ("name", text("姓名", "Name")),
    ("username", text("用户名", "User name")),
    ("password", text("密码", "Password")),
    ("factor_code", super::account::factor::CODE),
    ("passkey", super::account::factor::PASSKEY),
    ("passkey_name", super::account::factor::PASSKEY_NAME),
    ("proof_passkey", super::account::factor::PASSKEY),
    ("proof", super::account::PROOF),
    ("current", text("现在的密码", "Present password")),
    ("password_again", text("再输一次密码", "Password again")),
    ("token", text("设置链接", "Set-up link")),
    ("answer", text("答复内容", "Answer")),
    ("reason", text("理由", "Reason")),
    ("anyway", text("仍然发送", "Send it anyway")),
    ("note", text("做了什么", "What was done")),
    ("agreed", text("是否同意", "Whether you agree")),
    ("cause", text("理由条目", "Reason from the list")),
    ("tags", text("标签", "Tags")),
    ("explanation", text("说明", "Explanation")),
    ("opinion", text("意见", "Opinion")),
    ("message", text("想补充的话", "What you want to add")),
    ("words", text("想说的话", "In your words")),
    ("confirm", text("裁定", "Ruling")),
    ("lead", text("主办单位", "Lead unit")),
    ("assisting", text("协办单位", "Assisting units")),
    ("advice", text("派单意见", "Advice to the units")),
    ("assignment", text("承办件", "Assignment")),
    ("to", text("改派单位", "Unit that gets it now")),
    (
        "suggested_unit",
        text("建议承办单位", "Unit that should have it"),
    ),
    ("duty", text("权责清单中的单位", "Unit by the list")),
    ("held_on", super::dispute::HELD_ON),
    ("parties", super::dispute::PARTIES),
    ("minutes", super::dispute::MINUTES),
    ("level", text("督办级别", "Level")),
    ("demand", text("督办要求", "What is demanded")),
    ("also", text("一并督办的工单", "Other tickets")),
    ("accept", text("审结结果", "Decision")),
    ("days", text("工作日天数", "Working days")),
    ("grant", text("裁定结果", "Ruling")),
    ("uphold", text("裁定结果", "Ruling")),
    ("final_ruling", text("终局裁定", "Final ruling")),
    ("handling", text("办理情况", "What was done")),
    (
        "public_reply",
        text("给诉求人的答复", "Reply to the citizen"),
    ),
    ("fact_true", text("诉求是否属实", "Were the facts true")),
    ("solved", text("是否解决", "Is it solved")),
    (
        "contacted",
        text("是否联系到诉求人", "Was the citizen reached"),
    ),
    ("way", text("方式", "How")),
    ("reached", text("是否联系上", "Was the citizen reached")),
    ("note", text("备注", "Note")),
    ("remark", text("内部备注", "Internal note")),
    ("until", text("日期", "Day")),
    (
        "public_words",
        text("给诉求人的话", "What the citizen reads"),
    ),
    ("fact", text("新的情况", "What is new")),
    (
        "contact_tries",
        text("联系次数", "Tries to reach the citizen"),
    ),
    (
        "unsolved_reason",
        text("未解决原因", "Why it is not solved"),
    ),
    (
        "basis",
        text("依据的法律政策", "Laws or policies relied on"),
    ),
    ("pass", text("审核结果", "Result of the review")),
    ("channel", text("方式", "How")),
    ("connected", text("是否接通", "Was the citizen reached")),
    (
        "staff_contacted",
        text("工作人员是否联系过您", "Did the staff contact you"),
    ),
    (
        "report_true",
        text("办理情况是否属实", "Is the report true"),
    ),
    ("satisfaction", text("是否满意", "Are you satisfied")),
    ("exempt", text("免回访原因", "Reason for no follow-up")),
];
