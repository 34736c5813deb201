//! Own fields in the ticket list and in exports: chosen columns, filters, and what each reader sees and may ask for.
//! Not here: how answers are given (`own`), what a list costs (plans of the store).
//! What is about a person is masked in columns and cannot be asked for.

use futures::StreamExt as _;
use services::{Ctx, exports, tickets};
use shared::command::{Ticked, Typed, Version};
use shared::fault::Code;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::command::Register;
use shared::ticket::verbs::Dispatch;
use shared::ticket::view::TicketPage;

use super::own::has_fields;
use super::row;
use crate::support::{World, ZJJ, a_complaint, on_each_database, said};

type Pairs = &'static [(&'static str, &'static str)];

const FLOOR: Pairs = &[
    ("code", "floor"),
    ("zh", "楼层"),
    ("en", "Floor"),
    ("kind", "number"),
    ("ask", "all"),
    ("needed", "no"),
    ("class", "plain"),
];
const HOUSE: Pairs = &[
    ("code", "house"),
    ("zh", "房屋性质"),
    ("en", "House"),
    ("kind", "choice"),
    ("choices", "own=自有|Owned\nrent=租赁|Rented"),
    ("ask", "all"),
    ("needed", "no"),
    ("class", "plain"),
];
const NOTE: Pairs = &[
    ("code", "note"),
    ("zh", "内部备注"),
    ("en", "Note"),
    ("kind", "line"),
    ("ask", "desk"),
    ("needed", "no"),
    ("class", "centre"),
];
const OWNER: Pairs = &[
    ("code", "owner"),
    ("zh", "业主"),
    ("en", "Owner"),
    ("kind", "person"),
    ("ask", "all"),
    ("needed", "no"),
    ("class", "personal"),
];

async fn listed(ctx: &Ctx, query: &str) -> Result<TicketPage, Code> {
    let query = TicketQuery::from_query(query).map_err(|fault| fault.code)?;
    let list = tickets::list(ctx, query.clone()).await;
    let list = list.map_err(|fault| super::code(&fault))?;
    let count = tickets::count(ctx, &query.filter).await.expect("counted");
    assert_eq!(count.n as usize, list.items.len(), "list and count agree");
    Ok(list)
}

fn answers(page: &TicketPage, at: usize) -> Vec<(String, String)> {
    let all = page.items[at].own.iter();
    all.map(|answer| (answer.code.clone(), answer.shown_zh.clone()))
        .collect()
}

async fn dispatched(world: &World, own: &[(&str, &str)], confidential: bool) {
    let own = Typed::from(row(own));
    let filing = Register {
        own,
        confidential: Ticked(confidential),
        ..a_complaint()
    };
    let mut filed = world.takes_call(filing).await;
    let dispatch = Dispatch {
        version: Version(filed.version),
        lead: said(ZJJ),
        assisting: Vec::new(),
        category: Some(said(world.a_leaf().await)),
        advice: None,
        urgency: None,
        urgency_reason: None,
        tags: Vec::new(),
        own: Typed::default(),
        assist_due: None,
        retag: Ticked(false),
        review: Ticked(false),
    };
    filed.took(tickets::act(&world.dispatcher(), filed.id, dispatch).await);
}

#[tokio::test]
async fn own_fields_are_columns_and_filters_as_far_as_each_reader_may() {
    on_each_database(|world| async move {
        has_fields(&world, &[FLOOR, HOUSE, NOTE, OWNER]).await;
        let full = [
            ("floor", "6"),
            ("house", "rent"),
            ("note", "多次来电"),
            ("owner", "李金丝雀"),
        ];
        dispatched(&world, &full, false).await;
        dispatched(&world, &[("floor", "7")], false).await;
        dispatched(&world, &[("floor", "6")], true).await;
        let pair = |code: &str, value: &str| (code.to_owned(), value.to_owned());
        let centre = world.dispatcher();
        let page = listed(
            &centre,
            "own.floor=６&own.house=rent&columns=floor,house,note,owner",
        )
        .await;
        let page = page.expect("listed");
        assert_eq!(page.items.len(), 1);
        assert_eq!(
            answers(&page, 0),
            [
                pair("floor", "6"),
                pair("house", "租赁"),
                pair("note", "多次来电"),
                pair("owner", "李*")
            ]
        );
        let plain = listed(&centre, "own.floor=6").await.expect("listed");
        assert_eq!(
            (plain.items.len(), plain.items[0].own.len()),
            (2, 0),
            "no columns that nobody asked for"
        );
        let noted = listed(&centre, "own.note=多次来电").await.expect("listed");
        assert_eq!(noted.items.len(), 1);
        for (query, wrong) in [
            ("own.owner=李金丝雀", Code::InputQuery),
            ("own.other=1", Code::InputQuery),
            ("own.floor=six", Code::InputNumber),
            ("own.house=sold", Code::InputCode),
        ] {
            assert_eq!(listed(&centre, query).await.expect_err(query), wrong);
        }
        let unit = world.liaison(ZJJ);
        let page = listed(&unit, "own.floor=6&columns=floor,note,owner")
            .await
            .expect("listed");
        assert_eq!(
            page.items.len(),
            1,
            "what a unit does not see it does not find"
        );
        assert_eq!(answers(&page, 0)[0], pair("floor", "6"));
        assert!(!format!("{page:?}").contains("多次来电"), "{page:?}");
        assert!(!format!("{page:?}").contains("李金丝雀"), "{page:?}");
        assert_eq!(
            listed(&unit, "own.note=多次来电").await,
            Err(Code::InputQuery)
        );

        exports_the_columns(&world.supervisor()).await;
    })
    .await;
}

/// Chosen columns stand behind the usual ones, in words, what is about a person masked.
async fn exports_the_columns(centre: &Ctx) {
    let columns = ["floor", "house", "owner"].map(str::to_owned);
    let parts = exports::tickets_csv(centre, TicketFilter::default(), Sort::AcceptedAsc, &columns);
    let parts: Vec<_> = parts.await.expect("exported").collect().await;
    let parts: Result<Vec<_>, _> = parts.into_iter().collect();
    let text = String::from_utf8(parts.expect("whole").concat()).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].ends_with("楼层,房屋性质,业主"), "{}", lines[0]);
    assert!(lines[1].ends_with("6,租赁,李*"), "{}", lines[1]);
    assert!(lines[2].ends_with("7,,"), "{}", lines[2]);
}

#[tokio::test]
async fn an_answer_that_changes_is_found_under_its_new_value_alone() {
    on_each_database(|world| async move {
        has_fields(&world, &[FLOOR]).await;
        let filing = Register {
            own: Typed::from(row(&[("floor", "3")])),
            ..a_complaint()
        };
        let mut filed = world.files(filing).await;
        let dispatch = Dispatch {
            version: Version(filed.version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(world.a_leaf().await)),
            advice: None,
            urgency: None,
            urgency_reason: None,
            tags: Vec::new(),
            own: Typed::from(row(&[("floor", "4")])),
            assist_due: None,
            retag: Ticked(false),
            review: Ticked(false),
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, dispatch).await);
        let found = async |value: &str| {
            let query = format!("own.floor={value}");
            let page = listed(&world.dispatcher(), &query).await;
            page.expect("listed").items.len()
        };
        assert_eq!((found("3").await, found("4").await), (0, 1));
    })
    .await;
}

const LAMP: Pairs = &[
    ("code", "lamp"),
    ("zh", "灯杆编号"),
    ("en", "Lamp"),
    ("kind", "line"),
    ("ask", "all"),
    ("needed", "yes"),
    ("class", "plain"),
    ("categories", "0101、02"),
];

#[tokio::test]
async fn a_question_of_a_category_is_asked_of_its_tickets_alone() {
    on_each_database(|world| async move {
        let ctx = super::drafter(&world);
        let draft = services::register::begin(&ctx, shared::register::ListCode::Own, super::BASE);
        let version = draft.await.expect("a draft").version;
        let list = (shared::register::ListCode::Own, super::BASE);
        for (categories, wrong) in [("01x", Code::InputCategory), ("1", Code::InputCategory)] {
            let mut cells = row(LAMP);
            cells.insert("categories".to_owned(), categories.to_owned());
            let put = services::register::put_row(&ctx, list, version, (None, &cells)).await;
            assert_eq!(super::code(&put.expect_err("wrong")), wrong, "{categories}");
        }
        let mut unknown = row(LAMP);
        unknown.insert("categories".to_owned(), "98".to_owned());
        let put = services::register::put_row(&ctx, list, version, (None, &unknown)).await;
        let version = put.expect("a row").version;
        let preview = services::register::preview(&ctx, list.0, list.1).await;
        let preview = preview.expect("a look");
        assert_eq!(
            preview.findings[0].code,
            shared::register::FindingCode::Category
        );
        let discard = services::register::discard(&ctx, list, version).await;
        discard.expect("given up");

        has_fields(&world, &[LAMP]).await;
        let reference = world.services.reference().await.expect("read");
        let leaf = |begins: &str| {
            let all = reference.categories.keys();
            let mut found = all.filter(|code| code.len() == 6 && code.starts_with(begins));
            found.next().cloned().expect("a leaf")
        };
        let offered = services::directory::citizen_matters(&reference);
        assert!(!offered.is_empty());
        assert!(
            offered
                .iter()
                .all(|it| it.code.starts_with("0101") || it.code.starts_with("02"))
        );
        let filing = |category: Option<String>, lamp: &str| Register {
            category: category.map(said),
            own: Typed::from(row(&[("lamp", lamp)])),
            ..a_complaint()
        };
        for ctx in [world.agent(), world.visitor()] {
            let refused = tickets::register(&ctx, filing(Some(leaf("0101")), "")).await;
            assert_eq!(refused.expect_err("asked").fields[0].field, "own.lamp");
            let kept = tickets::register(&ctx, filing(Some(leaf("0101")), "A-12")).await;
            let kept = kept.expect("answered");
            let other = tickets::register(&ctx, filing(Some(leaf("03")), "A-13")).await;
            let other = other.expect("of others it is not asked");
            let none = tickets::register(&ctx, filing(None, "")).await;
            none.expect("nor of those without a category");
            let reader = world.dispatcher();
            let seen = tickets::get(&reader, kept.id).await.expect("seen");
            assert_eq!(seen.own[0].value, "A-12");
            let seen = tickets::get(&reader, other.id).await.expect("seen");
            assert!(seen.own.is_empty(), "{:?}", seen.own);
        }
        let page = listed(&world.dispatcher(), "own.lamp=A-12&columns=lamp").await;
        assert_eq!(page.expect("listed").items.len(), 2);
    })
    .await;
}
