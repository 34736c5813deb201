//! A citizen who files about what others have reported already: what is shown of theirs, joining one of them, and what nobody learns by guessing.
//! Not here: the same at the desk (`together`).

use services::{consistency, tickets};
use shared::command::Ticked;
use shared::fault::Code;
use shared::ticket::command::Register;
use shared::ticket::together::{AlikeQuery, AlikeView};
use shared::ticket::{RequestKind, TicketNo, TicketState};

use super::code_of;
use crate::support::{Filed, World, a_complaint, on_each_database, said};

/// Nearly the words of `a_complaint`.
const ALIKE: &str = "金丝雀小区三幢二单元屋顶漏水已经半年，物业多次推诿，请求查明原因并维修。";

/// What another citizen's form says.
fn asked() -> AlikeQuery {
    AlikeQuery {
        county: "320106".to_owned(),
        content: ALIKE.to_owned(),
        kind: RequestKind::Complaint.as_str().to_owned(),
        identity: "open".to_owned(),
        ..AlikeQuery::default()
    }
}

/// Sent by somebody else, about the same.
fn joining(phone: &str, no: &TicketNo) -> Register {
    let mut complaint = a_complaint();
    complaint.content = said(ALIKE);
    complaint.citizen.0.phone = Some(said(phone));
    complaint.joins = Some(no.clone());
    complaint
}

async fn shown(world: &World, asked: &AlikeQuery) -> Vec<AlikeView> {
    let shown = tickets::me_too::for_citizen(&world.visitor(), asked).await;
    shown.expect("looked")
}

async fn refused(world: &World, request: Register) -> Code {
    let tried = tickets::register(&world.visitor(), request).await;
    code_of(&tried.expect_err("it is refused"))
}

fn no(filed: &Filed) -> TicketNo {
    filed.claim.ticket_no.clone()
}

#[tokio::test]
async fn who_reports_the_same_is_shown_it_and_joins_under_the_own_name() {
    on_each_database(|world| async move {
        let first = world.files(a_complaint()).await;
        let seen = shown(&world, &asked()).await;
        let [one] = &seen[..] else {
            panic!("{seen:?}");
        };
        assert_eq!(one.state, TicketState::ToDispatch);
        let told = serde_json::to_string(one).expect("json");
        let number = no(&first);
        let hidden = [number.as_str(), "13812345678", "王金丝雀", "漏水", "宁海路"];
        for secret in hidden {
            assert!(!told.contains(secret), "{secret}: {told}");
        }
        let named = tickets::me_too::named(&world.visitor(), &asked(), &one.token).await;
        assert_eq!(named.expect("looked"), Some(no(&first)));

        let request = joining("13700000001", &no(&first));
        let joined = tickets::register(&world.visitor(), request).await;
        let joined = joined.expect("registered and merged");
        assert_eq!(joined.state, TicketState::Merged);
        assert_ne!(joined.ticket_no, no(&first), "an own number");
        let sheet = tickets::sheet(&world.dispatcher(), first.id).await;
        let together = sheet.expect("the page").together.expect("it leads");
        assert_eq!((together.people, together.tickets), (2, 2));
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
        assert_eq!(
            shown(&world, &asked()).await.len(),
            1,
            "merged ones lead nobody"
        );
    })
    .await;
}

#[tokio::test]
async fn nothing_is_shown_or_joined_by_guessing() {
    on_each_database(|world| async move {
        let first = world.files(a_complaint()).await;
        let others = [
            AlikeQuery {
                content: "路口红绿灯坏了三天，早晚高峰很危险，请尽快派人修好。".to_owned(),
                ..asked()
            },
            AlikeQuery {
                content: "屋顶漏水".to_owned(),
                ..asked()
            },
            AlikeQuery {
                county: "320104".to_owned(),
                ..asked()
            },
            AlikeQuery {
                kind: RequestKind::TipOff.as_str().to_owned(),
                ..asked()
            },
            AlikeQuery {
                identity: "anonymous".to_owned(),
                ..asked()
            },
            AlikeQuery {
                identity: "confidential".to_owned(),
                ..asked()
            },
        ];
        for other in &others {
            assert!(shown(&world, other).await.is_empty(), "{other:?}");
        }
        let guessed = tickets::me_too::named(&world.visitor(), &asked(), no(&first).as_str()).await;
        assert_eq!(guessed.expect("looked"), None, "a number is no token");

        // By its number, with other words or hidden: as if there were no such request.
        let mut request = joining("13700000002", &no(&first));
        request.content = said("路口红绿灯坏了三天，早晚高峰很危险，请尽快派人修好。");
        assert_eq!(refused(&world, request).await, Code::NotFound);
        let mut request = joining("13700000002", &no(&first));
        request.confidential = Ticked(true);
        assert_eq!(refused(&world, request).await, Code::NotFound);

        // Discreet ones of others are never shown, nor joined.
        let mut discreet = a_complaint();
        discreet.region = said("320104");
        discreet.confidential = Ticked(true);
        let discreet = world.files(discreet).await;
        let there = AlikeQuery {
            county: "320104".to_owned(),
            ..asked()
        };
        assert!(shown(&world, &there).await.is_empty());
        let mut request = joining("13700000003", &no(&discreet));
        request.region = said("320104");
        assert_eq!(refused(&world, request).await, Code::NotFound);
    })
    .await;
}
