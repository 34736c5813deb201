//! What is kept about a citizen: whose requests are told with what they hold, who looked at them, and the same looks as staff reads them.

use services::personal::LookFor;
use services::tickets::RelatedQuery;
use services::{citizens, personal, tickets};
use shared::access::Role;
use shared::command::{Block, Ticked};
use shared::fault::Code;
use shared::personal::looks::LookKind;
use shared::ticket::Channel;
use shared::ticket::command::{CitizenBlock, Reveal};

use super::PHONE;
use crate::support::{CENTRE, CGJ, SUZHOU_CENTRE, ZJJ, a_complaint, on_each_database, said};

fn a_reason() -> Reveal {
    Reveal {
        reason: said("需要联系诉求人核实"),
    }
}

#[tokio::test]
async fn a_citizen_reads_what_is_kept_and_who_looked_by_role_and_unit() {
    on_each_database(|world| async move {
        let mut open = world.files(a_complaint()).await;
        let mut confidential = a_complaint();
        confidential.confidential = Ticked(true);
        world.files(confidential).await;
        let mut others = a_complaint();
        others.citizen = Block(CitizenBlock {
            phone: Some(said("13900000000")),
            ..CitizenBlock::default()
        });
        world.files(others).await;
        world.dispatches(&mut open, ZJJ, &[]).await;
        let handler = world.handler(ZJJ);
        tickets::reveal(&handler, open.id, a_reason())
            .await
            .expect("with a reason");

        let citizen = world.citizen(PHONE).await;
        let data = citizens::own_data(&citizen, None).await.expect("told");
        assert_eq!(data.phone, PHONE);
        assert!(data.agreed_at.is_some() && data.agreed_is_current);
        assert_eq!(data.items.len(), 2, "nobody else's");
        let row = |shown: bool| {
            let mut rows = data.items.iter();
            rows.find(|row| row.held.is_some() == shown)
                .expect("one of each")
        };
        let held = row(true).held.as_ref().expect("what it holds");
        assert_eq!(held.name.as_deref(), Some("王金丝雀"));
        assert_eq!(held.address.as_deref(), Some("宁海路12号3幢201室"));
        assert!(held.content.contains("屋顶漏水"));
        let [look] = row(true).looks.as_slice() else {
            panic!("one look");
        };
        assert_eq!(look.role, Some(Role::Handler));
        assert!(look.unit.is_some());
        let told = serde_json::to_string(look).expect("json");
        assert!(
            !told.contains(handler.actor.name.as_str()),
            "no name: {told}"
        );
        assert!(row(false).looks.is_empty(), "of a discreet one nothing");
        let visitor = citizens::own_data(&world.visitor(), None).await;
        assert_eq!(visitor.err().map(|f| f.code), Some(Code::SignedOut));
    })
    .await;
}

#[tokio::test]
async fn looks_are_read_by_who_answers_for_them_in_their_area() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        tickets::reveal(&world.handler(ZJJ), filed.id, a_reason())
            .await
            .expect("with a reason");
        let no = filed.claim.ticket_no.to_string();
        for reader in [
            world.person(Role::Auditor, CENTRE),
            world.person(Role::SecurityAdmin, CENTRE),
            world.supervisor(),
        ] {
            let page = personal::looks(&reader, LookFor::default())
                .await
                .expect("told");
            let [look] = page.items.as_slice() else {
                panic!("one look: {page:?}");
            };
            assert_eq!(look.ticket_no.as_deref(), Some(no.as_str()));
            assert_eq!(look.role, Some(Role::Handler));
            assert_eq!(look.reason.as_deref(), Some("需要联系诉求人核实"));
        }
        let elsewhere = world.person(Role::Supervisor, SUZHOU_CENTRE);
        let page = personal::looks(&elsewhere, LookFor::default())
            .await
            .expect("told");
        assert!(page.items.is_empty(), "another city's");
        for stranger in [world.handler(ZJJ), world.agent()] {
            let refused = personal::looks(&stranger, LookFor::default()).await;
            assert_eq!(refused.err().map(|f| f.code), Some(Code::AccessDenied));
            let refused = personal::fields(&stranger).await;
            assert_eq!(refused.err().map(|f| f.code), Some(Code::AccessDenied));
        }
        let fields = personal::fields(&world.person(Role::Auditor, CENTRE)).await;
        assert!(fields.expect("the register").items.len() > 200);
    })
    .await;
}

fn of_kind(kind: LookKind) -> LookFor {
    LookFor {
        kind: Some(kind.to_string()),
        ..LookFor::default()
    }
}

#[tokio::test]
async fn a_unit_reads_who_looked_at_its_own_tickets_and_whom_its_people_looked_for() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        tickets::reveal(&world.handler(ZJJ), filed.id, a_reason())
            .await
            .expect("with a reason");
        tickets::reveal(&world.dispatcher(), filed.id, a_reason())
            .await
            .expect("with a reason");
        for role in [Role::UnitLiaison, Role::UnitReviewer] {
            let page = personal::looks(&world.person(role, ZJJ), LookFor::default()).await;
            let page = page.expect("told");
            let mut reasons: Vec<bool> = page
                .items
                .iter()
                .map(|look| look.reason.is_some())
                .collect();
            reasons.sort_unstable();
            assert_eq!(reasons, [false, true], "the centre's reason is not told");
            assert_eq!(page.counts.len(), 2, "{page:?}");
            assert!(page.counts.iter().all(|it| it.count == 1));
            let other = personal::looks(&world.person(role, CGJ), LookFor::default()).await;
            assert!(other.expect("told").items.is_empty(), "another unit's");
        }
        let by_phone = RelatedQuery {
            phone: Some(PHONE.to_owned()),
            channel: Some(Channel::Phone),
            ..RelatedQuery::default()
        };
        tickets::related(&world.agent(), by_phone)
            .await
            .expect("found");
        let supervisor = world.supervisor();
        let page = personal::looks(&supervisor, of_kind(LookKind::Number)).await;
        let page = page.expect("told");
        assert_eq!(page.items.len(), 1, "{page:?}");
        assert!(page.items[0].ticket_no.is_none());
        let unit = personal::looks(&world.liaison(ZJJ), of_kind(LookKind::Number)).await;
        assert!(unit.expect("told").items.is_empty(), "the centre's people");
        let citizen = world.citizen(PHONE).await;
        let data = citizens::own_data(&citizen, None).await.expect("told");
        let kinds: Vec<LookKind> = data.looked_up.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [LookKind::Number]);
        assert!(data.looked_up[0].unit.is_some());
        for (month, code) in [("2026-13", Code::InputDate), ("gestern", Code::InputDate)] {
            let look = LookFor {
                month: Some(month.to_owned()),
                ..LookFor::default()
            };
            let refused = personal::looks(&supervisor, look).await.err();
            let refused = refused.and_then(|fault| fault.fields.first().map(|it| it.code));
            assert_eq!(refused, Some(code));
        }
        let before = LookFor {
            month: Some("2020-01".to_owned()),
            ..LookFor::default()
        };
        let page = personal::looks(&supervisor, before).await.expect("told");
        assert!(page.items.is_empty() && page.counts.is_empty());
    })
    .await;
}
