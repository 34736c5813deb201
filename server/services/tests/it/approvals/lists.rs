//! Lists of approvals: filters, orders, pages there and back, numbers, and the one search box.
//! Not here: whose approvals a list has (`apart`), what a filter is read from (`shared`).

use services::Ctx;
use services::approvals::{self, views};
use services::tickets;
use shared::approval::command::Start;
use shared::approval::query::{ApprovalFilter, ApprovalSort};
use shared::approval::view::ApprovalPage;
use shared::fault::Code;

use super::story::{Case, Office, sample};
use crate::support::{ZJJ, on_each_database, said};

fn query(shelf: &str, filters: &str) -> views::Query {
    let pairs = shared::query::pairs_of(filters);
    views::Query {
        shelf: shelf.to_owned(),
        filter: ApprovalFilter::from_pairs(&pairs).expect("filters"),
        ..views::Query::default()
    }
}

async fn page(ctx: &Ctx, query: &views::Query) -> ApprovalPage {
    views::list(ctx, query).await.expect("listed")
}

fn numbers(page: &ApprovalPage) -> Vec<&str> {
    let rows = page.items.iter();
    rows.map(|row| row.approval_no.as_str()).collect()
}

async fn files(office: &Office, title: &str) -> Case {
    let start = Start {
        title: said(title),
        ..sample(office, "one")
    };
    Case(
        approvals::start(&office.initiator, start)
            .await
            .expect("filed"),
    )
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn each_filter_names_its_approvals() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut road = files(&office, "中山路占道施工，电话13812345678").await;
        let bridge = files(&office, "天桥检修").await;
        road.decides(&office.intake, "intake", true).await;
        let (road, bridge) = (road.0.approval_no.clone(), bridge.0.approval_no.clone());
        let by = office.initiator.actor.name.clone();
        let both = [bridge.as_str(), road.as_str()];
        let (unit, name) = (format!("unit={ZJJ}"), format!("by={by}"));
        let (no, q) = (format!("no={road}"), format!("q={road}"));
        let asked: &[(&str, &[&str])] = &[
            ("", &both[..]),
            ("status=running", &both),
            ("status=ended,cancelled", &[]),
            ("definition=permit-sample", &both),
            ("definition=other", &[]),
            (&unit, &both),
            ("unit=320500-ZJJ", &[]),
            ("region=320100", &both),
            ("region=3205", &[]),
            (&name, &both),
            (&no, &both[1..]),
            (&q, &both[1..]),
            ("step=intake", &both[..1]),
            ("step=countersign", &both[1..]),
            ("overdue=false", &both),
            ("overdue=true", &[]),
            ("light=green", &both),
            ("light=red", &[]),
            ("q=占道", &both[1..]),
            ("q=占道 施工", &both[1..]),
            ("q=检", &both[..1]),
            ("q=修", &both[..1]),
            ("q=占道检修", &[]),
            ("started_from=2000-01-01&started_to=2100-01-01", &both),
            ("started_to=2000-01-01", &[]),
            ("ended_from=2000-01-01", &[]),
            ("due_from=2000-01-01", &both[..1]),
            ("due_to=2000-01-01", &[]),
        ];
        for &(filters, expected) in asked {
            for shelf in ["all", "started"] {
                let ctx = if shelf == "all" {
                    &office.owner
                } else {
                    &office.initiator
                };
                let found = page(ctx, &query(shelf, filters)).await;
                if filters == "due_from=2000-01-01" {
                    assert!(numbers(&found).contains(&bridge.as_str()), "{shelf}");
                    continue;
                }
                // Filed at one moment, they stand in the order of their ids.
                let mut there = numbers(&found);
                let mut wanted = expected.to_vec();
                there.sort_unstable();
                wanted.sort_unstable();
                assert_eq!(there, wanted, "{shelf} {filters}");
                let many = i64::try_from(expected.len()).expect("few");
                assert_eq!(
                    (found.total, found.about),
                    (Some(many), false),
                    "{shelf} {filters}"
                );
            }
        }
        // Numbers of people are not found, since nobody reads them here.
        let hidden = page(&office.owner, &query("all", "q=话13812345678")).await;
        let guessed = page(&office.owner, &query("all", "q=话19999999999")).await;
        assert_eq!(numbers(&hidden), numbers(&guessed));
        let refused = views::list(&office.intake, &query("todo", "q=占道")).await;
        assert_eq!(
            refused.expect_err("a to-do list").fields[0].code,
            Code::InputQuery
        );
        let elsewhere = page(&office.third, &query("started", "q=占道")).await;
        assert!(elsewhere.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn pages_lead_there_and_back_in_every_order() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        for n in 0..5 {
            files(&office, &format!("占道施工第{n}处")).await;
        }
        for sort in ApprovalSort::ALL {
            for (shelf, ctx) in [("all", &office.owner), ("started", &office.initiator)] {
                let mut asked = query(shelf, "q=占道");
                asked.sort = Some(*sort);
                let whole = page(ctx, &asked).await;
                assert_eq!(whole.items.len(), 5);
                assert!(whole.next_cursor.is_none() && whole.prev_cursor.is_none());
                asked.limit = Some(2);
                let first = page(ctx, &asked).await;
                assert_eq!(numbers(&first), numbers(&whole)[..2]);
                assert!(first.prev_cursor.is_none());
                asked.cursor.clone_from(&first.next_cursor);
                let second = page(ctx, &asked).await;
                assert_eq!(numbers(&second), numbers(&whole)[2..4], "{sort} {shelf}");
                assert_eq!(second.total, None, "the first page says it");
                asked.cursor.clone_from(&second.next_cursor);
                let last = page(ctx, &asked).await;
                assert_eq!(numbers(&last), numbers(&whole)[4..]);
                assert!(last.next_cursor.is_none());
                asked.cursor.clone_from(&last.prev_cursor);
                let back = page(ctx, &asked).await;
                assert_eq!(numbers(&back), numbers(&second), "{sort} {shelf}");
                asked.cursor.clone_from(&back.prev_cursor);
                let begin = page(ctx, &asked).await;
                assert_eq!(numbers(&begin), numbers(&first), "{sort} {shelf}");
                assert!(begin.prev_cursor.is_none() && begin.next_cursor.is_some());
            }
        }
        let wrong = views::Query {
            cursor: Some("b.x".to_owned()),
            ..query("all", "")
        };
        let refused = views::list(&office.owner, &wrong).await;
        assert_eq!(
            refused.expect_err("not ours").fields[0].code,
            Code::InputCursor
        );
    })
    .await;
}

#[tokio::test]
async fn the_search_box_finds_approvals_by_their_index() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = files(&office, "中山路占道施工").await;
        let found = async |ctx: &Ctx, words: &str| {
            let page = tickets::search(ctx, words, true).await.expect("searched");
            page.approvals.map(|it| (it.items.len(), it.more))
        };
        let no = case.0.approval_no.as_str();
        for words in ["占道施工", "中山路 施工", no] {
            assert_eq!(
                found(&office.owner, words).await,
                Some((1, false)),
                "{words}"
            );
        }
        assert_eq!(found(&office.owner, "桥梁").await, Some((0, false)));
        for n in 0..5 {
            files(&office, &format!("占道施工第{n}处")).await;
        }
        assert_eq!(found(&office.owner, "占道").await, Some((5, true)));
    })
    .await;
}
