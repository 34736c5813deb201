//! Lists without a table of their own: message texts, public texts, reasons, tags; each with what it does to tickets.
//! Not here: drafts and versions, which are every list's (`mod`), what a message offers (tests of `shared`).
//! A city words a message for its own citizens; everybody else keeps the base's.

use services::register::{self, Publishing};
use services::tickets;
use shared::access::Role;
use shared::calendar::Instant;
use shared::command::{Ticked, Typed, Version};
use shared::fault::Code;
use shared::query::{TicketFilter, TicketQuery};
use shared::register::{FindingCode, ListCode, TextCode};
use shared::text::Locale;
use shared::ticket::verbs::{Dispatch, Recall};
use store::outbox::{Claim, Which};

use super::{BASE, code, drafted, drafter, published, row};
use crate::support::{CENTRE, CGJ, World, ZJJ, a_complaint, on_each_database, said};

/// The words of the messages that wait.
async fn waiting(world: &World) -> Vec<String> {
    let now = world.services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: Instant(now.0 + 60_000),
        limit: 100,
    };
    let claimed = world
        .services
        .store()
        .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
        .await;
    let claimed = claimed.expect("the outbox is read").into_iter();
    claimed.map(|claimed| claimed.message.body).collect()
}

/// Takes a row away in a new draft and gives the draft's version.
async fn removed(world: &World, list: ListCode, key: &str) -> i32 {
    let ctx = drafter(world);
    let draft = register::begin(&ctx, list, BASE).await.expect("a draft");
    let gone = register::remove_row(&ctx, (list, BASE), draft.version, key).await;
    gone.expect("removed").version
}

async fn says(world: &World, code: TextCode, region: &str) -> String {
    let reference = world.services.reference().await.expect("reads");
    reference.lists.said(code, region, Locale::Zh).to_owned()
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn a_city_words_a_message_for_its_citizens_and_names_only_what_the_message_offers() {
    on_each_database(|world| async move {
        let list = ListCode::Templates;
        let accepted =
            |zh: &str| row(&[("message", "accepted"), ("zh", zh), ("en", "{no} {code}")]);
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, list, BASE).await.expect("a draft");
        for (zh, wrong) in [
            ("工单{no}：{reply}，{code}", Code::InputVariable),
            ("工单{no}已受理", Code::InputVariableMissing),
        ] {
            let cells = accepted(zh);
            let was = (Some("accepted"), &cells);
            let put = register::put_row(&ctx, (list, BASE), draft.version, was).await;
            assert_eq!(code(&put.expect_err(zh)), wrong, "{zh}");
        }
        let discreet = row(&[
            ("message", "replied_discreet"),
            ("zh", "工单{no}：{reply}"),
            ("en", "{no}"),
        ]);
        let put = register::put_row(
            &ctx,
            (list, BASE),
            draft.version,
            (Some("replied_discreet"), &discreet),
        );
        assert_eq!(code(&put.await.expect_err("content")), Code::InputVariable);
        register::discard(&ctx, (list, BASE), draft.version)
            .await
            .expect("given up");

        let city = world.person(Role::BusinessAdmin, CENTRE);
        let leader = world.person(Role::CentreLeader, CENTRE);
        let area = (list, "320100");
        let draft = register::begin(&city, area.0, area.1)
            .await
            .expect("a draft");
        let put = register::put_row(
            &city,
            area,
            draft.version,
            (None, &accepted("南京12345已收到，编号{no}，查询码{code}。")),
        )
        .await
        .expect("a row");
        let order = Publishing {
            version: put.version,
            ..Publishing::default()
        };
        register::publish(&leader, area, order)
            .await
            .expect("published");
        let filed = world.files(a_complaint()).await;
        let sent = waiting(&world).await;
        assert_eq!(sent.len(), 1);
        let code = filed.claim.code.as_str();
        let begins = "【12345民声】南京12345已收到，编号";
        assert!(
            sent[0].starts_with(begins) && sent[0].contains(code),
            "{sent:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_office_says_is_said_by_the_base_and_some_of_it_by_a_city() {
    on_each_database(|world| async move {
        let list = ListCode::Texts;
        assert_eq!(
            says(&world, TextCode::OfficeName, "").await,
            TextCode::OfficeName.shipped().zh
        );
        let name = row(&[
            ("name", "office_name"),
            ("zh", "江苏 12345"),
            ("en", "Jiangsu 12345"),
        ]);
        let version = drafted(&world, list, Some("office_name"), &name).await;
        published(&world, list, version, None, false)
            .await
            .expect("published");
        assert_eq!(
            says(&world, TextCode::OfficeName, "320106").await,
            "江苏 12345"
        );
        let hand = world.services.reference_at_hand().expect("at hand");
        assert_eq!(
            hand.lists.said(TextCode::OfficeName, "", Locale::En),
            "Jiangsu 12345"
        );

        let city = world.person(Role::BusinessAdmin, CENTRE);
        let area = (list, "320100");
        let draft = register::begin(&city, area.0, area.1)
            .await
            .expect("a draft");
        let one = register::put_row(&city, area, draft.version, (None, &name))
            .await
            .expect("a row");
        let sign = row(&[
            ("name", "signature"),
            ("zh", "南京12345"),
            ("en", "Nanjing 12345"),
        ]);
        let two = register::put_row(&city, area, one.version, (None, &sign))
            .await
            .expect("a row");
        let found = register::preview(&city, area.0, area.1)
            .await
            .expect("a preview");
        let codes: Vec<_> = found
            .findings
            .iter()
            .map(|it| (it.code, it.key.as_str()))
            .collect();
        assert_eq!(codes, [(FindingCode::BaseOnly, "office_name")]);
        let mended = register::remove_row(&city, area, two.version, "office_name")
            .await
            .expect("removed");
        let leader = world.person(Role::CentreLeader, CENTRE);
        let order = Publishing {
            version: mended.version,
            ..Publishing::default()
        };
        register::publish(&leader, area, order)
            .await
            .expect("published");
        assert_eq!(
            says(&world, TextCode::Signature, "320106001").await,
            "南京12345"
        );
        assert_eq!(
            says(&world, TextCode::Signature, "320500").await,
            "12345民声"
        );
    })
    .await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn reasons_stand_in_the_history_and_tags_on_the_ticket() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let leaf = world.a_leaf().await;
        let dispatch = |tags: &[&str], version| Dispatch {
            version: Version(version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(&leaf)),
            advice: None,
            urgency: None,
            urgency_reason: None,
            tags: tags.iter().map(said).collect(),
            own: Typed::default(),
            assist_due: None,
            retag: Ticked(false),
            review: Ticked(false),
        };
        let ctx = world.dispatcher();
        let unknown = tickets::act(&ctx, filed.id, dispatch(&["nobody"], filed.version))
            .await
            .expect_err("no such tag");
        assert_eq!(code(&unknown), Code::InputCode);
        let both = dispatch(&["repeat", "group"], filed.version);
        filed.took(tickets::act(&ctx, filed.id, both).await);
        let seen = tickets::get(&ctx, filed.id).await.expect("seen");
        let tags: Vec<_> = seen.row.tags.iter().map(|tag| tag.zh.as_str()).collect();
        assert_eq!(tags, ["群体诉求", "重复诉求"]);
        let found = |tag: &str| TicketQuery {
            filter: TicketFilter {
                tag: Some(tag.to_owned()),
                ..TicketFilter::default()
            },
            ..TicketQuery::default()
        };
        let other = world.files(a_complaint()).await;
        for (tag, expected) in [("repeat", vec![filed.id]), ("media", Vec::new())] {
            let page = tickets::list(&ctx, found(tag)).await.expect("a list");
            let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
            assert_eq!(ids, expected, "{tag}, and not {:?}", other.id);
            let count = tickets::count(&ctx, &found(tag).filter).await;
            let count = count.expect("counts").n;
            assert_eq!(count, i64::try_from(expected.len()).expect("few"), "{tag}");
        }
        let offered = seen
            .reasons
            .iter()
            .any(|reason| reason.code == "wrong_unit");
        assert!(offered, "{:?}", seen.reasons);

        let recall = |cause: &str, version| Recall {
            version: Version(version),
            assignment: None,
            to: Some(said(CGJ)),
            reason: said("派错了，请城管局办理。"),
            cause: Some(said(cause)),
        };
        let elsewhere = tickets::act(&ctx, filed.id, recall("unsolved", filed.version))
            .await
            .expect_err("offered at another verb");
        assert_eq!(code(&elsewhere), Code::InputCode);
        filed.took(tickets::act(&ctx, filed.id, recall("wrong_unit", filed.version)).await);
        let history = tickets::history(&ctx, filed.id).await.expect("a history");
        let facts = &history.last().expect("a line").facts;
        assert_eq!(facts["cause"], "wrong_unit");
        assert_eq!(facts["cause_en"], "The wrong unit");

        // What goes from the list is offered no more, and what carries it still says so.
        let version = removed(&world, ListCode::Tags, "group").await;
        published(&world, ListCode::Tags, version, None, false)
            .await
            .expect("published");
        let seen = tickets::get(&ctx, filed.id).await.expect("seen");
        let tags: Vec<_> = seen.row.tags.iter().map(|tag| tag.zh.as_str()).collect();
        assert_eq!(tags, ["group", "重复诉求"]);
    })
    .await;
}
