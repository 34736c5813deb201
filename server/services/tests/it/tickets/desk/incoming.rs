//! Messages that come in: what belongs to a ticket becomes a line of its history, an answer rates, machines and floods are set aside, and the desk links,
//! registers or dismisses the others. Each is kept once.

use serde_json::{Value, json};
use services::gateway::incoming::shelf::{self, Asked};
use services::gateway::incoming::{mails_folder, sms as door};
use services::gateway::signed::{Head, Secret};
use services::gateway::{Gateways, bell, sms};
use services::{Ctx, consistency, jobs, tickets};
use shared::access::Role;
use shared::calendar::Instant;
use shared::command::Block;
use shared::fault::Code;
use shared::ids::IncomingId;
use shared::incoming::{
    DismissIncoming, DismissReason, IncomingPage, IncomingState, IncomingTaken, LinkIncoming,
    PER_HOUR, Suspicion,
};
use shared::notice::NoticeKind;
use shared::ticket::command::{CitizenBlock, Register};
use shared::ticket::{Channel, RatingSource, Satisfaction, TicketNo, TicketState, Verb};
use store::outbox::{Claim, Which};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

/// The number of the story's citizen.
const CITIZEN: &str = "13812345678";
/// Somebody of whom nothing is known.
const STRANGER: &str = "13900001111";
const PATH: &str = "/api/v1/gateway/incoming/sms";

fn secret() -> Secret {
    Secret::new("office", "a secret for trials")
}

pub(super) fn with_gateway(world: &World) {
    // Nobody listens there: what goes out waits.
    let gateway = sms::Gateway::new("http://127.0.0.1:9/messages", secret());
    world.services.send_through(Gateways {
        sms: Some(gateway.expect("an address")),
        ..Gateways::default()
    });
}

pub(super) fn text(no: &str, from: &str, text: &str) -> Value {
    json!({"no": no, "from": from, "to": "12345", "text": text})
}

pub(super) async fn sends(world: &World, messages: &[Value]) -> IncomingTaken {
    let body = json!(messages).to_string().into_bytes();
    let at = world.services.now();
    let (time, signature) = (at.0.to_string(), secret().sign(at, PATH, &body));
    let head = Head {
        key: "office",
        time: &time,
        signature: &signature,
    };
    let taken = door::receive(&world.visitor(), &head, (PATH, &body)).await;
    // The next ones come later, and stand behind.
    world.clock.advance_minutes(1);
    taken.expect("they are taken")
}

async fn shelved(ctx: &Ctx, state: &str) -> IncomingPage {
    let asked = Asked {
        state: Some(state.to_owned()),
        cursor: None,
        limit: 50,
    };
    shelf::list(ctx, asked).await.expect("a page")
}

/// What the province's desk has to do.
async fn waiting(world: &World) -> Vec<IncomingId> {
    let desk = world.person(Role::Agent, "320000-12345");
    let rows = shelved(&desk, "new").await.items.into_iter();
    rows.map(|row| row.id).collect()
}

/// What came in on a ticket.
async fn told(world: &World, filed: &Filed) -> Vec<String> {
    let history = tickets::history(&world.supervisor(), filed.id).await;
    let lines = history.expect("a history").into_iter();
    let lines = lines.filter(|line| line.verb == Verb::Receive);
    lines.filter_map(|line| line.note).collect()
}

async fn consistent(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn a_message_of_the_citizen_is_a_line_of_the_one_open_ticket() {
    on_each_database(|world| async move {
        with_gateway(&world);
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let message = text("R1", "+86 138 1234 5678", "昨晚又漏水了。");
        let done = sends(&world, std::slice::from_ref(&message)).await;
        assert_eq!((done.taken, done.refused.len()), (1, 0));
        assert_eq!(told(&world, &filed).await, ["昨晚又漏水了。"]);
        // A gateway that got no answer sends it again.
        sends(&world, &[message]).await;
        assert_eq!(told(&world, &filed).await.len(), 1);
        jobs::once(&world.services).await.expect("the jobs run");
        let page = bell::page(&liaison, false, None, bell::PAGE).await;
        let kinds = page.expect("a page").items.into_iter();
        let wrote = kinds.filter(|notice| notice.kind == NoticeKind::Wrote);
        assert_eq!(wrote.count(), 1);
        let linked = shelved(&world.agent(), "linked").await;
        assert_eq!(linked.items[0].ticket, Some(filed.id));
        assert!(linked.items[0].text.is_empty(), "it stands on its ticket");
        assert_eq!(world.audited("incoming.link").await.len(), 1);

        // Of two open ones nobody knows which is meant, unless its number is named; and a number proves nothing for somebody else.
        let other = world.files(a_complaint()).await;
        sends(&world, &[text("R2", CITIZEN, "进展如何？")]).await;
        let named = format!("工单{}进展如何？", other.claim.ticket_no);
        sends(&world, &[text("R3", CITIZEN, &named)]).await;
        sends(&world, &[text("R4", STRANGER, &named)]).await;
        assert_eq!(told(&world, &other).await, [named.as_str()]);
        let near = shelved(&world.agent(), "new").await;
        assert_eq!((near.items.len(), near.new), (1, 1), "of its own area");
        assert_eq!(near.items[0].text, "进展如何？");
        assert_eq!(near.items[0].from, "138****5678");
        let far = waiting(&world).await;
        assert_eq!(far.len(), 2);
        consistent(&world).await;
    })
    .await;
}

#[tokio::test]
async fn the_desk_links_dismisses_and_registers() {
    on_each_database(|world| async move {
        with_gateway(&world);
        let desk = world.person(Role::Agent, "320000-12345");
        let filed = world.files(a_complaint()).await;
        let says = ["来信一", "来信二", "楼上一直漏水，物业不管，请派人查看。"];
        for (index, words) in says.iter().enumerate() {
            let from = format!("1390000222{index}");
            sends(&world, &[text(&format!("D{index}"), &from, words)]).await;
        }
        let [first, second, third] = waiting(&world).await[..] else {
            panic!("three wait")
        };
        let unit = world.handler(ZJJ);
        let refused = shelf::list(&unit, Asked::default()).await;
        assert_eq!(refused.expect_err("a unit").code, Code::AccessDenied);
        let foreign = shelf::open(&world.agent(), first).await;
        assert_eq!(foreign.expect_err("another area").code, Code::NotFound);

        let link = |no: &str| LinkIncoming {
            ticket_no: TicketNo::parse(no).expect("a number"),
        };
        let none = shelf::link(&desk, first, link("3201002026030201999999")).await;
        let fields = none.expect_err("no such ticket").fields;
        assert_eq!(fields[0].field, "ticket_no");
        let no = filed.claim.ticket_no.clone();
        let linked = shelf::link(&desk, first, link(no.as_str())).await;
        linked.expect("linked");
        assert_eq!(told(&world, &filed).await, ["来信一"]);

        let spam = DismissIncoming {
            reason: DismissReason::Spam,
            words: None,
        };
        let dismissed = shelf::dismiss(&desk, second, spam.clone()).await;
        dismissed.expect("dismissed");
        let again = shelf::dismiss(&desk, second, spam).await;
        assert_eq!(again.expect_err("once").code, Code::NotFound);
        sends(&world, &[text("D9", "13900002221", "又来了")]).await;
        let aside = shelved(&desk, "quarantined").await;
        assert_eq!(aside.items[0].why, Some(Suspicion::Blocked));

        let seen = shelf::open(&desk, third).await.expect("it waits");
        assert_eq!(seen.from, "13900002222");
        let request = Register {
            channel: Some(Channel::Sms),
            content: said(&seen.text),
            incoming: Some(third),
            ..a_complaint()
        };
        let made = tickets::register(&desk, request.clone()).await;
        let made = made.expect("registered");
        let twice = tickets::register(&desk, request).await;
        let fields = twice.expect_err("once").fields;
        assert_eq!(fields[0].field, "incoming");
        let row = &shelved(&desk, "registered").await.items[0];
        assert_eq!((row.id, row.ticket), (third, Some(made.id)));
        assert!(waiting(&world).await.is_empty());
        consistent(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_by_text_message_rates() {
    on_each_database(|world| async move {
        with_gateway(&world);
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        world.time("2026-03-03T10:00");
        world.nobody_answers(&mut filed).await;
        sends(&world, &[text("A1", CITIZEN, "1115 谢谢")]).await;
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert_eq!(detail.row.state, TicketState::Closed);
        let rating = detail.latest_rating.expect("rated");
        let found = (rating.source, rating.satisfaction);
        assert_eq!(found, (RatingSource::Sms, Satisfaction::VerySatisfied));
        assert!(told(&world, &filed).await.is_empty());
        let page = shelved(&world.agent(), "answered").await;
        assert_eq!(page.items[0].ticket, Some(filed.id));
        // A second one answers nothing, and waits for somebody who reads it.
        sends(&world, &[text("A2", CITIZEN, "2231")]).await;
        assert_eq!(shelved(&world.agent(), "new").await.items.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_a_flood_is_set_aside() {
    on_each_database(|world| async move {
        with_gateway(&world);
        let done = sends(
            &world,
            &[
                text("", STRANGER, "没有编号"),
                text("F0", "", "没有号码"),
                text("F1", STRANGER, " \u{0} "),
                text("F2", STRANGER, "有编号"),
            ],
        )
        .await;
        assert_eq!((done.taken, done.refused.len()), (1, 3));
        for index in 0..PER_HOUR {
            let no = format!("M{index}");
            sends(&world, &[text(&no, STRANGER, "在吗")]).await;
        }
        let desk = world.person(Role::Agent, "320000-12345");
        let aside = shelved(&desk, "quarantined").await;
        assert_eq!(aside.items.len(), 1);
        assert_eq!(aside.items[0].why, Some(Suspicion::TooMany));
        let own = text("O1", "12345", "自己发给自己");
        sends(&world, &[own]).await;
        let aside = shelved(&desk, "quarantined").await;
        assert_eq!(aside.items[1].why, Some(Suspicion::Own));

        let body = b"[]".as_slice();
        let head = Head {
            key: "office",
            time: "0",
            signature: "00",
        };
        let forged = door::receive(&world.visitor(), &head, (PATH, body)).await;
        assert_eq!(forged.expect_err("forged").code, Code::SignedOut);
    })
    .await;
}

/// The mail that went out to the citizen.
async fn sent_mail(world: &World) -> uuid::Uuid {
    let now = world.services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: Instant(now.0 + 1),
        limit: 10,
    };
    let store = world.services.store();
    let claimed = store
        .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
        .await;
    claimed.expect("the outbox is read")[0].message.id
}

#[tokio::test]
async fn mails_are_taken_from_their_folder_once() {
    on_each_database(|world| async move {
        let by_mail = Register {
            citizen: Block(CitizenBlock {
                name: Some(said("王金丝雀")),
                phone: Some(said("025-83331234")),
                email: Some(said("wang@example.cn")),
                ..CitizenBlock::default()
            }),
            ..a_complaint()
        };
        let filed = world.files(by_mail).await;
        let ours = sent_mail(&world).await;
        let folder = mails_folder(&world.services.config().data_dir);
        std::fs::create_dir_all(&folder).expect("a folder");
        let put = |name: &str, head: &str, body: &str| {
            let mail = format!("From: Wang <wang@example.cn>\r\nTo: 12345@example.gov.cn\r\nSubject: hello\r\nMessage-ID: <{name}@example.cn>\r\n{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n");
            std::fs::write(folder.join(format!("{name}.eml")), mail).expect("a file");
        };
        put("a", &format!("In-Reply-To: <{ours}@example.gov.cn>\r\n"), "又漏了。");
        put("b", "Auto-Submitted: auto-replied\r\n", "我在休假。");
        put("c", "", "请问如何补办？");
        std::fs::write(folder.join("d.eml"), "no mail at all").expect("a file");
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(told(&world, &filed).await, ["hello\n又漏了。"]);
        let desk = world.person(Role::Agent, "320000-12345");
        assert_eq!(waiting(&world).await.len(), 1);
        let aside = shelved(&desk, "quarantined").await;
        assert_eq!(aside.items[0].why, Some(Suspicion::Automatic));
        assert_eq!(aside.items[0].state, IncomingState::Quarantined);
        for name in ["done/a.eml", "done/b.eml", "done/c.eml", "bad/d.eml"] {
            assert!(folder.join(name).exists(), "{name}");
        }
        // The same mail delivered again.
        put("a", "", "又漏了。");
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(told(&world, &filed).await.len(), 1);
        assert_eq!(waiting(&world).await.len(), 1);
        consistent(&world).await;
    })
    .await;
}
