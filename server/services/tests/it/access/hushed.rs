//! Numbers of people inside what anybody wrote: content, notes, contacts, replies. Nobody reads them without a look in the clear, on no way.
//! Not here: the citizen's block (`canaries`), what counts as a number (`shared::person::conceal`).

use services::tickets::{self, notes};
use shared::access::Role;
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::ContactWay;
use shared::ticket::command::{Register, Reveal, WriteNote};
use shared::ticket::verbs::{Contact, Reply, Sign};

use super::canaries::everything_shown;
use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, a_reply, on_each_database, said};

/// As they are written, and what of them must not come out.
const WRITTEN: [(&str, &str); 6] = [
    ("邻居电话13912340001也可以问", "13912340001"),
    ("联系 139-1234-0002", "139-1234-0002"),
    ("值班手机１３９１２３４０００３", "１３９１２３４０００３"),
    ("身份证32010619900101002X", "32010619900101002X"),
    ("退款到卡号6222020200112233446", "6222020200112233446"),
    (
        "另一张卡 6217 0012 3456 7890 122",
        "6217 0012 3456 7890 122",
    ),
];

/// A ticket with one of them in each text that people write on the way to a reply.
async fn written(world: &World) -> Filed {
    let content = format!(
        "三幢二单元屋顶漏水半年，物业多次推诿。{}，{}，请求维修。",
        WRITTEN[0].0, WRITTEN[4].0
    );
    let request = Register {
        content: said(content),
        ..a_complaint()
    };
    let mut filed = world.takes_call(request).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
    let (id, version) = filed.at_unit(ZJJ);
    let contact = Contact {
        version: Version(version),
        way: ContactWay::Call,
        reached: true,
        note: Some(said(WRITTEN[2].0)),
        lon: None,
        lat: None,
        files: Vec::new(),
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, contact).await);
    let (id, version) = filed.at_unit(ZJJ);
    let handling = format!(
        "三月三日到现场查看，确认屋面防水层破损，已责成物业修复。{}，{}。",
        WRITTEN[3].0, WRITTEN[5].0
    );
    let reply = Reply {
        handling: said(handling),
        ..a_reply(version)
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, reply).await);
    let note = WriteNote {
        remark: said(WRITTEN[1].0),
    };
    notes::add(&world.dispatcher(), filed.id, note)
        .await
        .expect("a note");
    filed
}

#[tokio::test]
async fn numbers_in_texts_come_out_on_no_way() {
    on_each_database(|world| async move {
        let filed = written(&world).await;
        for role in Role::ALL {
            let unit = if matches!(role, Role::UnitLiaison | Role::Handler | Role::UnitReviewer) {
                ZJJ
            } else {
                CENTRE
            };
            let shown = everything_shown(&world.person(*role, unit), &filed).await;
            for (_, number) in WRITTEN {
                assert!(!shown.contains(number), "{role} is shown {number}");
            }
        }
        let seen = tickets::sheet(&world.handler(ZJJ), filed.id)
            .await
            .expect("seen");
        assert!(seen.detail.content.contains("139****0001"));
        assert!(seen.detail.content.contains("6222***********3446"));
        let reply = seen.detail.assignments[0].reply.as_ref().expect("a reply");
        assert!(reply.handling.contains("3201**********002X"));
        assert!(reply.handling.contains("6217***********0122"));
    })
    .await;
}

#[tokio::test]
async fn a_look_with_a_reason_shows_the_words_as_they_were_said() {
    on_each_database(|world| async move {
        let filed = written(&world).await;
        let handler = world.handler(ZJJ);
        let seen = tickets::get(&handler, filed.id).await.expect("seen");
        assert!(seen.may_reveal);
        let reason = Reveal {
            reason: said("需要联系邻居核实"),
        };
        let shown = tickets::reveal(&handler, filed.id, reason).await;
        let content = shown.expect("with a reason").content.expect("the words");
        assert!(content.contains(WRITTEN[0].1) && content.contains(WRITTEN[4].1));
    })
    .await;
}

#[tokio::test]
async fn who_looks_at_many_tickets_within_minutes_is_stopped() {
    on_each_database(|world| async move {
        let dispatcher = world.dispatcher();
        let reason = || Reveal {
            reason: said("需要联系诉求人核实"),
        };
        let mut newest = None;
        for _ in 0..60 {
            let filed = world.takes_call(a_complaint()).await;
            for _ in 0..2 {
                let shown = tickets::reveal(&dispatcher, filed.id, reason()).await;
                shown.expect("the same ticket counts once");
            }
            newest = Some(filed.id);
        }
        let looks = world.audited("reveal").await;
        assert_eq!(looks.len(), 120, "each look is recorded");
        assert_eq!(looks[0].facts["role"], "dispatcher");
        let filed = world.takes_call(a_complaint()).await;
        let stopped = tickets::reveal(&dispatcher, filed.id, reason()).await;
        assert_eq!(stopped.expect_err("too many").code, Code::RateLimited);
        let known = newest.expect("filed");
        let again = tickets::reveal(&dispatcher, known, reason()).await;
        again.expect("one that was counted");
    })
    .await;
}
