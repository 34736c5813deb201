//! What a case holds of persons: masked for everybody who sees it, in the clear for a reason, and for whoever does a task that needs it.

use services::approvals::{self, views};
use shared::access::Role;
use shared::approval::command::Start;
use shared::approval::verbs::{AskCorrection, Claim, Correct, Decide};
use shared::approval::view::{ApprovalDetail, FactView};
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::command::Reveal;

use super::story::{Case, Office, definition, deploys, fields, hire};
use crate::support::{CENTRE, on_each_database, said};

const FORM: &str = r#"<startEvent id="s"><extensionElements>
<ms:field id="mobile" name="手机 Mobile" type="phone" required="true"/>
<ms:field id="id_no" name="证件号" class="id_number"/>
<ms:field id="person" name="联系人" class="name"/>
<ms:field id="home" name="住址" ms:class="address"/>
<ms:field id="mail" name="邮箱" type="email"/>
<ms:field id="secret" name="银行账号" class="hidden"/>
<ms:field id="odd" name="其他" class="nonsense"/>
<ms:field id="plain" name="说明" type="long_text"/>
<ms:field id="public" name="值班电话" class="public"/>
<flowable:formProperty id="theirs" name="经办电话" type="string" ms:class="phone"/>
</extensionElements></startEvent><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler" ms:unit="initiator" ms:clear="mobile"><extensionElements><ms:field id="mobile" name="手机 Mobile" type="phone" required="true"/><ms:field id="id_no" name="证件号" class="id_number"/></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>"#;

const TYPED: [(&str, &str, &str); 10] = [
    ("mobile", "13812345678", "138****5678"),
    ("id_no", "32010619900101002X", "3201**********002X"),
    ("person", "王小明", "王*"),
    ("home", "鼓楼区上海路12号3栋501室", "鼓楼区上海路***"),
    ("mail", "wang@example.cn", "w***@example.cn"),
    ("secret", "6222020000000000", "***"),
    ("odd", "随便什么", "***"),
    (
        "plain",
        "联系人电话１３８１２３４５６７８，身份证32010619900101002X",
        "联系人电话138****5678，身份证3201**********002X",
    ),
    ("public", "13900000000", "13900000000"),
    ("theirs", "02583601234", "025****1234"),
];

async fn filed(office: &Office) -> Case {
    let xml = definition("personal", FORM).replace(
        "xmlns:xsi",
        r#"xmlns:flowable="http://flowable.org/bpmn" xmlns:xsi"#,
    );
    deploys(&office.owner, &xml).await;
    let typed: Vec<(&str, &str)> = TYPED.iter().map(|(id, value, _)| (*id, *value)).collect();
    let start = Start {
        definition: said("personal"),
        title: said("王先生13812345678的申请"),
        fields: fields(&typed),
        own: fields(&[]),
        done_at: None,
    };
    Case(
        approvals::start(&office.initiator, start)
            .await
            .expect("filed"),
    )
}

fn values(detail: &ApprovalDetail) -> Vec<&str> {
    detail
        .facts
        .iter()
        .map(|fact| fact.value.as_str())
        .collect()
}

/// Nothing of what was typed and must be hidden stands anywhere in what is sent out.
fn keeps_back(detail: &impl serde::Serialize, but: &[&str]) {
    let sent = serde_json::to_string(detail).expect("written");
    for (id, value, masked) in TYPED {
        if value != masked && !but.contains(&id) {
            assert!(!sent.contains(value), "{id} in {sent}");
        }
    }
}

fn why() -> Reveal {
    Reveal {
        reason: said("核对申请人"),
    }
}

#[tokio::test]
async fn everybody_sees_it_masked_wherever_it_stands() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = filed(&office).await;
        let masked: Vec<&str> = TYPED.iter().map(|(.., masked)| *masked).collect();
        let leader = hire(&world, Role::CentreLeader, CENTRE).await;
        for ctx in [&office.initiator, &office.decider, &office.owner, &leader] {
            let detail = case.seen_by(ctx).await;
            assert_eq!(values(&detail), masked);
            assert_eq!(detail.row.title, "王先生138****5678的申请");
            keeps_back(&detail, &[]);
            let hidden = |fact: &&FactView| fact.masked;
            assert_eq!(detail.facts.iter().filter(hidden).count(), 9);
            let list = views::Query {
                shelf: "all".to_owned(),
                ..views::Query::default()
            };
            keeps_back(&views::list(ctx, &list).await.expect("listed"), &[]);
            keeps_back(&views::flow(ctx, case.id()).await.expect("drawn"), &[]);
        }
    })
    .await;
}

#[tokio::test]
async fn words_that_people_write_are_masked_too() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = filed(&office).await;
        let task = case.task_of(&office.intake, "work").await;
        let asked = AskCorrection {
            version: Version(case.version()),
            task: task.task,
            missing: said("请补充，联系13812345678"),
        };
        let done = approvals::act(&office.intake, case.id(), asked).await;
        case.took(done);
        let detail = case.seen_by(&office.initiator).await;
        assert_eq!(
            detail.correction.as_deref(),
            Some("请补充，联系138****5678")
        );
        keeps_back(&detail, &[]);
        // What is not typed anew, or comes back as it was shown, stays as it is.
        let form = |id: &str| {
            let field = detail.start_form.iter().find(|field| field.id == id);
            field.expect("asked").clone()
        };
        assert_eq!(
            (
                form("mobile").value.as_str(),
                form("mobile").masked.as_deref()
            ),
            ("", Some("138****5678"))
        );
        let corrected = Correct {
            version: Version(case.version()),
            note: said("已补充，本人13812345678"),
            fields: fields(&[
                ("mobile", ""),
                ("id_no", "3201**********002X"),
                ("person", "李四"),
                ("plain", "无"),
            ]),
        };
        let done = approvals::act(&office.initiator, case.id(), corrected).await;
        case.took(done);
        let shown = approvals::reveal(&office.intake, case.id(), why())
            .await
            .expect("for a reason");
        let value = |name: &str| {
            let fact = shown.facts.iter().find(|fact| fact.name == name);
            fact.map(|fact| fact.value.clone()).unwrap_or_default()
        };
        assert_eq!(value("手机 Mobile"), "13812345678");
        assert_eq!(value("证件号"), "32010619900101002X");
        assert_eq!(value("联系人"), "李四");
        assert_eq!(
            shown.history.last().and_then(|event| event.note.clone()),
            Some("已补充，本人13812345678".to_owned())
        );
        keeps_back(&case.seen_by(&office.owner).await, &[]);
    })
    .await;
}

#[tokio::test]
async fn in_the_clear_for_a_reason_and_audited_or_for_a_task_that_needs_it() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = filed(&office).await;
        let shown = approvals::reveal(&office.intake, case.id(), why())
            .await
            .expect("shown");
        let plain: Vec<&str> = TYPED.iter().map(|(_, value, _)| *value).collect();
        assert_eq!(values(&shown), plain);
        assert!(shown.in_clear);
        let refused = [
            (&office.decider, Code::AccessDenied),
            (&office.first, Code::AccessDenied),
            (&office.stranger, Code::NotFound),
            (&office.second, Code::NotFound),
        ];
        for (ctx, code) in refused {
            let fault = approvals::reveal(ctx, case.id(), why())
                .await
                .expect_err("may not");
            assert_eq!(fault.code, code, "{}", ctx.actor.username);
        }
        let query = super::story::audit_of(Some("approval.reveal"));
        let page = store::audit::list(&world.services.store().reader(), &query)
            .await
            .expect("read");
        let good = page
            .items
            .iter()
            .filter(|row| row.entry.outcome == "ok")
            .count();
        assert_eq!(
            (good, page.items.len()),
            (1, 5),
            "every look and every refusal"
        );
        // A task that names the field shows it to whoever has taken it, and to nobody else.
        let task = case.task_of(&office.intake, "work").await;
        let claim = Claim {
            version: Version(case.version()),
            task: task.task,
        };
        let done = approvals::act(&office.intake, case.id(), claim).await;
        case.took(done);
        let detail = case.seen_by(&office.intake).await;
        assert_eq!(detail.facts[0].value, "13812345678");
        assert_eq!(detail.facts[1].value, "3201**********002X");
        let field = |id: &str| {
            detail.tasks[0]
                .form
                .iter()
                .find(|field| field.id == id)
                .cloned()
                .expect("asked")
        };
        assert_eq!(field("mobile").value, "13812345678");
        assert_eq!(field("id_no").masked.as_deref(), Some("3201**********002X"));
        keeps_back(&detail, &["mobile", "plain"]);
        keeps_back(&case.seen_by(&office.decider).await, &[]);
        let decision = Decide {
            fields: fields(&[("mobile", "13812345678"), ("id_no", "")]),
            ..case.decision(&detail.tasks[0], true)
        };
        let done = approvals::act(&office.intake, case.id(), decision).await;
        case.took(done);
        let detail = case.seen_by(&office.intake).await;
        assert_eq!(detail.facts[0].value, "138****5678", "the task is done");
    })
    .await;
}
