//! Search finds exactly the tickets that contain the string.

use shared::access::Scope;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::search::Reads;

use crate::support::{NOW, World, change, ticket};

on_both! { a_search_equals_a_scan what_stands_for_the_words_is_found_as_well long_and_repetitive_texts_are_found punctuation_is_crossed_and_texts_are_not what_changes_is_found_at_once only_whoever_may_look_there_finds_numbers }

async fn found(world: &World, q: &str) -> Vec<String> {
    found_with(world, q, &[]).await
}

/// The same with what stands for the words, read in both directions and in pages of two.
async fn found_with(world: &World, q: &str, also: &[&str]) -> Vec<String> {
    let query = TicketQuery {
        filter: TicketFilter {
            q: Some(q.to_owned()),
            also: also.iter().map(|words| (*words).to_owned()).collect(),
            ..TicketFilter::default()
        },
        sort: Sort::AcceptedAsc,
        limit: 100,
        cursor: None,
        columns: Vec::new(),
    };
    let page = store::tickets::list(&world.store.reader(), &Scope::All, &query, NOW)
        .await
        .expect("searches");
    let count =
        store::tickets::count_capped(&world.store.reader(), &Scope::All, &query.filter, 100, NOW)
            .await
            .expect("counts");
    assert_eq!(count, page.items.len() as i64, "{q}");
    let tally = store::tickets::tally(&world.store.reader(), &Scope::All, &query.filter, 100, NOW)
        .await
        .expect("counts for a page");
    assert_eq!((tally.n, tally.more), (count, false), "{q}");
    let mut paged = Vec::new();
    let mut next = TicketQuery {
        sort: Sort::AcceptedDesc,
        limit: 2,
        ..query
    };
    loop {
        let page = store::tickets::list(&world.store.reader(), &Scope::All, &next, NOW)
            .await
            .expect("searches");
        paged.extend(page.items.into_iter().map(|t| t.id));
        next.cursor = page.next_cursor;
        if next.cursor.is_none() {
            break;
        }
    }
    paged.reverse();
    let once: Vec<_> = page.items.iter().map(|t| t.id).collect();
    assert_eq!(paged, once, "{q}");
    page.items.into_iter().map(|t| t.content).collect()
}

async fn write(world: &World, content: &str) {
    let mut one = ticket(NOW);
    one.title = "标题".to_owned();
    one.address = None;
    one.content = content.to_owned();
    world.register(one).await;
}

async fn a_search_equals_a_scan(world: World) {
    let texts = [
        "小区物业费涨价没有通知业主",
        "物业公司不修电梯，业主费了很大力气",
        "路灯不亮已经三天，Wi-Fi也断了 OPPO手机打不通",
        "公交车12路不按时，等了45分钟",
        "It's a test of O'Neill \"quotes\" \\ and 中文mixed混排",
        "夜间施工噪声扰民,噪声很大",
    ];
    for text in texts {
        write(&world, text).await;
    }
    for q in [
        "物业",
        "物业费",
        "业主",
        "噪声扰民",
        "路灯不亮已经三天",
        "小区物业费涨价没有通知业主",
        "12路",
        "45",
        "oppo",
        "混排",
        "neill",
        "电梯",
        "火星",
    ] {
        let folded = q.to_lowercase();
        let mut wanted: Vec<&str> = texts
            .iter()
            .copied()
            .filter(|t| t.to_lowercase().contains(&folded))
            .collect();
        let mut got = found(&world, q).await;
        wanted.sort_unstable();
        got.sort();
        assert_eq!(got, wanted, "{q}");
    }
    assert_eq!(
        found(&world, "物业 业主").await.len(),
        2,
        "several words must all occur"
    );
}

async fn what_stands_for_the_words_is_found_as_well(world: World) {
    let texts = [
        "中山路街灯坏了",
        "中山路路灯坏了",
        "北京路路灯坏了",
        "中山路照明灯坏了，井盖也没有了",
        "井盖没有了",
        "街灯和路灯都坏了",
    ];
    for text in texts {
        write(&world, text).await;
    }
    let cases: [(&str, &[&str]); 5] = [
        ("街灯", &["路灯", "照明灯"]),
        ("中山路 街灯", &["中山路 路灯"]),
        ("街灯 坏了", &["路灯 坏了", "井盖"]),
        ("火星", &["井盖"]),
        ("街灯", &["火星"]),
    ];
    for (q, also) in cases {
        let is_meant = |text: &str| {
            let mut all = std::iter::once(q).chain(also.iter().copied());
            all.any(|words| words.split(' ').all(|word| text.contains(word)))
        };
        let mut wanted: Vec<&str> = texts.into_iter().filter(|text| is_meant(text)).collect();
        let mut got = found_with(&world, q, also).await;
        wanted.sort_unstable();
        got.sort();
        assert_eq!(got, wanted, "{q} {also:?}");
    }
}

async fn long_and_repetitive_texts_are_found(world: World) {
    let long = format!(
        "{}停水三天{}",
        "很长的内容重复很多次".repeat(600),
        "哈".repeat(2_000)
    );
    write(&world, &long).await;
    for q in [
        "停水三天",
        "次停水三天哈",
        "哈哈哈哈哈哈",
        "很长的内容重复很多次很长的内容",
    ] {
        assert_eq!(found(&world, q).await.len(), 1, "{q}");
    }
    assert!(found(&world, "停水四天").await.is_empty());
}

async fn punctuation_is_crossed_and_texts_are_not(world: World) {
    write(&world, "水管破裂。停电三小时").await;
    for q in ["裂停", "停电", "管破 三小"] {
        assert_eq!(found(&world, q).await.len(), 1, "{q}");
    }
    assert!(
        found(&world, "题水").await.is_empty(),
        "a phrase does not cross from the title into the content"
    );
    assert!(
        found(&world, "水").await.is_empty(),
        "one character has no pair"
    );
}

async fn what_changes_is_found_at_once(world: World) {
    let mut one = ticket(NOW);
    one.title = "标题".to_owned();
    one.content = "小区1502室停水".to_owned();
    let one = world.register(one).await;
    let no = one.ticket_no.to_string();
    for q in ["502室", "室停", &no[8..20], "幸福路"] {
        let expected = usize::from(q != "幸福路");
        assert_eq!(found(&world, q).await.len(), expected, "{q}");
    }
    let case = world.case(&one).await;
    let mut change = change(&case);
    change.after.ticket.confidential = false;
    change.after.ticket.answer = Some("已经恢复供水".to_owned());
    change.after.ticket.lead_unit = Some("3201-ZJJ".to_owned());
    world.save(change).await.expect("saved");
    assert_eq!(found(&world, "恢复供水").await.len(), 1);
    assert_eq!(found(&world, "标题").await.len(), 1, "the rest as before");
    let named = |unit: &str| Reads {
        units: vec![("住建".to_owned(), vec![unit.to_owned()])],
        ..Reads::default()
    };
    assert_eq!(found_by(&world, "住建", named("3201-ZJJ")).await, 1);
    assert_eq!(found_by(&world, "住建", named("3201-CGJ")).await, 0);
}

async fn only_whoever_may_look_there_finds_numbers(world: World) {
    let mut one = ticket(NOW);
    one.confidential = false;
    one.title = "标题".to_owned();
    one.content = "请打13812345678找王先生".to_owned();
    one.address = Some("幸福路3号".to_owned());
    world.register(one).await;
    let numbers = || Reads {
        numbers: true,
        ..Reads::default()
    };
    let places = || Reads {
        places: true,
        ..Reads::default()
    };
    for q in ["13812345678", "4567", "打1381", "678找"] {
        let own = usize::from(q == "678找");
        assert_eq!(found_by(&world, q, Reads::default()).await, own, "{q}");
        assert_eq!(found_by(&world, q, places()).await, own, "{q}");
        assert_eq!(found_by(&world, q, numbers()).await, 1, "{q}");
    }
    assert_eq!(found_by(&world, "幸福路", Reads::default()).await, 1);
    assert_eq!(found_by(&world, "路3号", Reads::default()).await, 0);
    assert_eq!(found_by(&world, "路3号", places()).await, 1);
}

/// How many are found by somebody who may look there.
async fn found_by(world: &World, q: &str, reads: Reads) -> usize {
    let query = TicketQuery {
        filter: TicketFilter {
            q: Some(q.to_owned()),
            reads,
            ..TicketFilter::default()
        },
        ..TicketQuery::default()
    };
    let page = store::tickets::list(&world.store.reader(), &Scope::All, &query, NOW).await;
    page.expect("searches").items.len()
}
