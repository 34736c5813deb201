//! What a version of the tickets' process lacks, told by element and words in both languages. Needs no database.
//! Not here: deploying one (`versions`).

use services::approvals::owner::judged;
use shared::text::Locale;

const SHIPPED: &str = include_str!("../../../../bpmn/definitions/ticket-main-2.bpmn");

/// Errors of a text: element and words.
fn errors(xml: &str, locale: Locale) -> Vec<(String, String)> {
    let (_, findings) = judged(xml, locale).expect("read");
    let errors = findings.into_iter().filter(|it| it.severity == "error");
    errors.map(|it| (it.element, it.words)).collect()
}

/// Old text, new text, the element that is named, words in Chinese and in English.
type Variant = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const VARIANTS: &[Variant] = &[
    (
        r#"ms:limit="sign" ms:verb="sign""#,
        r#"ms:limit="sign" ms:verb="reply""#,
        "ticket-main",
        "没有任务等待这个动作",
        "(ms:verb: sign)",
    ),
    (
        r#"ms:limit="review" ms:verb="review""#,
        r#"ms:limit="review""#,
        "closing_review",
        "没有人能完成它",
        "nobody can complete it",
    ),
    (
        r#"ms:limit="review" ms:verb="review""#,
        r#"ms:limit="review" ms:verb="review approve""#,
        "closing_review",
        "没有能完成工单任务的这个动作",
        "(ms:verb: approve)",
    ),
    (
        r#"ms:role="closing_reviewer" "#,
        "",
        "closing_review",
        "只认角色",
        "names no role",
    ),
    (
        r#"ms:role="closing_reviewer""#,
        r#"ms:role="handler""#,
        "closing_review",
        "没有做任务中任何一个动作的权限",
        "handler review",
    ),
    (
        r#"ms:role="closing_reviewer" ms:unit="centre""#,
        r#"ms:role="closing_reviewer" ms:unit="320100-ZJJ""#,
        "closing_review",
        "只能是中心",
        "(ms:unit: 320100-ZJJ)",
    ),
    (
        r#"ms:state="TO_REVIEW""#,
        r#"ms:state="CLOSED""#,
        "closing_review",
        "在办的状态",
        "an open state",
    ),
    (
        r#"ms:state="TO_REVIEW""#,
        r#"ms:state="TO_VISIT""#,
        "closing_review",
        "不能做这个动作",
        "TO_VISIT review",
    ),
    (
        r#"name="withdraw"/>"#,
        r#"name="take_away"/>"#,
        "ticket-main",
        "没有事件等待这个消息",
        "(message: withdraw)",
    ),
    (
        r#"name="withdraw"/>"#,
        r#"name="take_away"/>"#,
        "withdraw",
        "没有动作发送这个消息",
        "(message: take_away)",
    ),
    (
        r#" ms:verb="send-back""#,
        "",
        "send_back",
        "外来的消息也会触发它",
        "messages from elsewhere",
    ),
    (
        r#"<message id="message_redo" name="redo"/>"#,
        r#"<message id="message_redo" name="again"/>"#,
        "redo",
        "只由登记或重办开始",
        "no other start event",
    ),
    (
        r#"name="已办结" ms:name_en="Closed" ms:state="CLOSED""#,
        r#"name="已办结" ms:name_en="Closed" ms:state="HANDLING""#,
        "closed",
        "已结束的状态",
        "a ticket that is over",
    ),
    (
        r#"<inputDataItem id="slot" name="slot"/>"#,
        r#"<inputDataItem id="unit" name="unit"/>"#,
        "handle",
        "按 slot 重复",
        "repeated for each slot",
    ),
    (
        r#"<serviceTask id="close" name="办结" ms:name_en="Close" ms:service="close"/>"#,
        r#"<callActivity id="close" name="办结" ms:name_en="Close" calledElement="elsewhere"/>"#,
        "close",
        "不能调用别的流程",
        "cannot call other processes",
    ),
    (
        r#"outcome == "close""#,
        r#"outcome == "done""#,
        "outcome_choice",
        "流程走不下去",
        "no way can be taken (step: close)",
    ),
    (
        r#"sourceRef="decision_choice" targetRef="slots""#,
        r#"sourceRef="decision_choice" targetRef="follow_up""#,
        "triage",
        "时限已经开始计算",
        "no task in its slot",
    ),
    (
        r#"sourceRef="close" targetRef="closed""#,
        r#"sourceRef="close" targetRef="triage""#,
        "follow_up",
        "流程却没有结束",
        "the process goes on (ms:verb: close)",
    ),
    (
        r#"sourceRef="decision_choice" targetRef="confirm_decline""#,
        r#"sourceRef="decision_choice" targetRef="close_answered""#,
        "ticket-main",
        "怎么办理都走不到",
        "(ms:verb: confirm-decline)",
    ),
];

#[test]
fn each_gap_is_told_at_its_element_in_both_languages() {
    for (old, new, element, zh, en) in VARIANTS {
        assert!(SHIPPED.contains(old), "{old}");
        let xml = SHIPPED.replace(old, new);
        for (locale, words) in [(Locale::Zh, zh), (Locale::En, en)] {
            let found = errors(&xml, locale);
            let is_told = |(at, told): &(String, String)| at == element && told.contains(words);
            assert!(found.iter().any(is_told), "{new}: {found:#?}");
        }
    }
}

#[test]
fn what_the_verbs_do_not_need_is_free() {
    let flow =
        r#"<sequenceFlow id="slots_to_review" sourceRef="slots" targetRef="closing_review"/>"#;
    assert!(SHIPPED.contains(flow));
    let look = |on: &str| {
        let look = format!(
            r#"<userTask id="first_look" name="初核" ms:name_en="First look" ms:state="TO_REVIEW" ms:stage="TO_REVIEW" ms:role="closing_reviewer" ms:unit="centre" ms:limit="review" ms:verb="review"/>
               <sequenceFlow id="slots_to_look" sourceRef="slots" targetRef="first_look"/>{on}"#
        );
        errors(&SHIPPED.replace(flow, &look), Locale::En)
    };
    // Given back at the first look, units must have work at once.
    let straight = look(
        r#"<sequenceFlow id="look_to_review" sourceRef="first_look" targetRef="closing_review"/>"#,
    );
    assert_eq!(straight.len(), 1, "{straight:#?}");
    assert_eq!(straight[0].0, "first_look");
    let forked = look(
        r#"<sequenceFlow id="look_to_choice" sourceRef="first_look" targetRef="look_choice"/>
           <exclusiveGateway id="look_choice" default="look_on"/>
           <sequenceFlow id="look_on" sourceRef="look_choice" targetRef="closing_review"/>
           <sequenceFlow id="look_back" sourceRef="look_choice" targetRef="slots"><conditionExpression xsi:type="tFormalExpression">review == "back"</conditionExpression></sequenceFlow>"#,
    );
    assert_eq!(forked, []);
    let named = SHIPPED
        .replace(
            r#"name="派单" ms:name_en="Triage""#,
            r#"name="初审" ms:name_en="First triage""#,
        )
        .replace("limit:visit</timeDuration>", "P3D</timeDuration>");
    assert_eq!(errors(&named, Locale::En), []);
}
