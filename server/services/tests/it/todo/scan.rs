//! A search equals a scan of what its reader sees, in both directions: on generated texts and on the shared ones, with numbers of people, doors and units.
//! Not here: the tokeniser (`shared::search`), the index alone (`store`), one search over everything (`search`).

use services::{Ctx, tickets};
use shared::access::Sight;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::person::conceal;
use shared::query::TicketQuery;
use shared::query::search::FoundField;
use shared::search::{is_short, is_within, query};
use shared::ticket::view::TicketPage;
use shared::ticket::{Channel, TicketNo, TicketState};
use store::bulk::BulkTicket;
use store::record::Ticket;

use crate::support::{World, ZJJ, a_complaint, at, on_each_database, said};

/// Numbers that look as if they came by chance, and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a number") % most
    }

    fn text(&mut self, signs: &[char], longest: usize) -> String {
        let length = 2 + self.below(longest);
        (0..length)
            .map(|_| signs[self.below(signs.len())])
            .collect()
    }

    /// A piece of a text, as somebody may type it.
    fn piece(&mut self, text: &str) -> String {
        let signs: Vec<char> = text.chars().collect();
        let length = 1 + self.below(6);
        let from = self.below(signs.len());
        signs.iter().skip(from).take(length).collect()
    }
}

fn a_ticket(n: u32, title: &str, content: &str) -> Ticket {
    let accepted = Instant(at("2026-03-02T08:00:00+08:00").0 + i64::from(n) * 60_000);
    let mut random = [0_u8; 10];
    random[..4].copy_from_slice(&n.to_be_bytes());
    let id = uuid::Builder::from_unix_timestamp_millis(accepted.0.unsigned_abs(), &random);
    let no = TicketNo::new("320100", accepted.date(), Channel::Phone, n);
    Ticket {
        query_code_hash: n.to_be_bytes().repeat(8),
        title: title.to_owned(),
        content: content.to_owned(),
        region: "320106".to_owned(),
        state: TicketState::ToDispatch,
        ..Ticket::blank(TicketId(id.into_uuid()), no, accepted)
    }
}

async fn written(world: &World, texts: &[(String, String)]) -> Vec<Ticket> {
    let texts = (1_u32..).zip(texts);
    let all: Vec<Ticket> = texts
        .map(|(n, (title, content))| a_ticket(n, title, content))
        .collect();
    let cases = all.iter().cloned().map(|ticket| BulkTicket {
        ticket,
        assignments: Vec::new(),
        applications: Vec::new(),
        follow_ups: Vec::new(),
        ratings: Vec::new(),
        events: Vec::new(),
        clock: Vec::new(),
        tasks: Vec::new(),
        timers: Vec::new(),
        instance: None,
    });
    let store = world.services.store();
    store::bulk::write(store, cases.collect())
        .await
        .expect("written");
    all
}

fn asked(words: &str, limit: u32) -> TicketQuery {
    let mut query =
        TicketQuery::from_pairs(&[("q".to_owned(), words.to_owned())]).expect("a query");
    query.limit = limit;
    query
}

async fn page(ctx: &Ctx, words: &str) -> TicketPage {
    tickets::list(ctx, asked(words, 200)).await.expect(words)
}

/// All tickets that a search finds, page by page.
async fn found(ctx: &Ctx, words: &str) -> Vec<TicketId> {
    let mut query = asked(words, 200);
    let mut all = Vec::new();
    loop {
        let page = tickets::list(ctx, query.clone()).await.expect(words);
        all.extend(page.items.iter().map(|row| row.id));
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    let count = tickets::count(ctx, &query.filter).await.expect(words);
    if !count.capped {
        assert_eq!(usize::try_from(count.n), Ok(all.len()), "{words}");
    }
    all.sort();
    all
}

/// What a scan finds in what a reader sees who is shown no numbers of people.
fn scanned(tickets: &[Ticket], words: &str) -> Option<Vec<TicketId>> {
    let pieces = query(words);
    // Of words without a pair of neighbours the lone characters are asked for, which another trial does.
    if pieces.is_empty() {
        return None;
    }
    let least = if is_short(words) { 1 } else { 4 };
    let has_all = |ticket: &&Ticket| pieces.iter().all(|piece| stands_in(ticket, piece, least));
    let mut found: Vec<TicketId> = tickets.iter().filter(has_all).map(|it| it.id).collect();
    found.sort();
    Some(found)
}

/// Of a ticket's number only pieces of so many digits are looked for.
fn stands_in(ticket: &Ticket, piece: &str, least: usize) -> bool {
    let is_number = piece.len() >= least && piece.bytes().all(|byte| byte.is_ascii_digit());
    is_within(piece, &conceal(&ticket.title))
        || is_within(piece, &conceal(&ticket.content))
        || is_number && ticket.ticket_no.as_str().contains(piece)
}

async fn agrees(world: &World, tickets: &[Ticket], words: &[String]) {
    let reader = world.dispatcher();
    for words in words {
        if let Some(wanted) = scanned(tickets, words) {
            assert_eq!(found(&reader, words).await, wanted, "{words:?}");
        }
    }
}

#[tokio::test]
async fn on_generated_texts_it_equals_a_scan() {
    on_each_database(|world| async move {
        let mut dice = Dice(7);
        let signs: Vec<char> = "路灯井盖停水電电修AaBb0１2３5，。 -“”*".chars().collect();
        let mut texts = Vec::new();
        for n in 0..160 {
            let mut content = dice.text(&signs, 40);
            if n % 8 == 0 {
                content = format!("{content}13812345678{}", dice.text(&signs, 6));
            }
            texts.push((dice.text(&signs, 8), content));
        }
        let tickets = written(&world, &texts).await;
        let mut words: Vec<String> = Vec::new();
        for n in 0..120 {
            let (title, content) = &texts[dice.below(texts.len())];
            words.push(dice.piece(if n % 4 == 0 { title } else { content }));
            words.push(dice.text(&signs, 4));
        }
        words.extend(["13812345678", "1234", "5678", "138", "0000", "路灯 12"].map(str::to_owned));
        agrees(&world, &tickets, &words).await;
    })
    .await;
}

#[tokio::test]
async fn on_the_shared_texts_it_equals_a_scan() {
    let root = std::env::var("MINSHENG_SHARED_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let Ok(file) = std::fs::File::open(format!("{root}/complaints/labelled_raw.csv.gz")) else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "the shared data is needed in CI"
        );
        return;
    };
    let mut rows = csv::Reader::from_reader(flate2::read::MultiGzDecoder::new(file));
    let rows = rows.records().take(200).map(|row| row.expect("a row"));
    let texts: Vec<(String, String)> = rows
        .map(|row| (row[3].to_owned(), row[4].to_owned()))
        .collect();
    on_each_database(|world| {
        let texts = texts.clone();
        async move {
            let tickets = written(&world, &texts).await;
            let mut dice = Dice(11);
            let mut words: Vec<String> = Vec::new();
            for n in 0..150 {
                let (title, content) = &texts[dice.below(texts.len())];
                words.push(dice.piece(if n % 4 == 0 { title } else { content }));
            }
            words.extend(["小区", "A市", "物业 小区", "学校", "12345", "2020"].map(str::to_owned));
            agrees(&world, &tickets, &words).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_single_character_is_looked_for_in_the_newest() {
    on_each_database(|world| async move {
        let many = |n: u32| {
            let words = if n.is_multiple_of(500) {
                "井盖"
            } else {
                "别的"
            };
            (words.to_owned(), format!("第{n}件的内容"))
        };
        let texts: Vec<(String, String)> = (1..=2_400).map(many).collect();
        written(&world, &texts).await;
        let reader = world.dispatcher();
        let first = tickets::list(&reader, asked("井", 50))
            .await
            .expect("lists");
        assert_eq!((first.items.len(), first.looked), (4, Some(2_000)));
        assert!(first.next_cursor.is_some(), "older ones are not looked at");
        assert_eq!(found(&reader, "井").await.len(), 4);
        let count = tickets::count(&reader, &asked("井", 50).filter).await;
        let count = count.expect("counts");
        assert_eq!((count.n, count.capped), (4, true));
        // A page that is full goes on behind its last ticket.
        let one = tickets::list(&reader, asked("盖", 1)).await.expect("lists");
        assert_eq!(one.items.len(), 1);
        let mut next = asked("盖", 1);
        next.cursor = one.next_cursor;
        let two = tickets::list(&reader, next).await.expect("lists");
        assert!(two.items[0].id < one.items[0].id);
        assert_eq!(page(&reader, "井盖").await.looked, None);
    })
    .await;
}

#[tokio::test]
async fn numbers_and_doors_are_found_by_those_who_see_them() {
    on_each_database(|world| async move {
        let call = shared::ticket::command::Register {
            content: said("屋顶漏水半年，请打13987650000找王先生，物业多次推诿，请求查明原因。"),
            ..a_complaint()
        };
        let filed = world.files(call).await;
        let usual = world.dispatcher();
        let mut clear = world.dispatcher();
        let rights = ["phone", "number", "address"]
            .map(|field| format!("{field}:open:clear {field}:closed:clear"));
        for post in &mut clear.actor.posts {
            post.sight = Sight::parse(&rights.join(" ")).expect("field rights");
        }
        for words in ["13987650000", "3987", "请打1398", "宁海路12号", "201室"] {
            assert!(found(&usual, words).await.is_empty(), "{words}");
            assert_eq!(found(&clear, words).await, [filed.id], "{words}");
        }
        for words in ["请打139", "0000找王", "宁海路"] {
            assert_eq!(found(&usual, words).await, [filed.id], "{words}");
            assert_eq!(found(&clear, words).await, [filed.id], "{words}");
        }
        assert!(found(&usual, "1390000").await.is_empty(), "across the mask");
    })
    .await;
}

#[tokio::test]
async fn where_a_tip_off_comes_from_is_found_by_no_unit() {
    on_each_database(|world| async move {
        let tip = shared::ticket::command::Register {
            kind: shared::ticket::RequestKind::TipOff,
            ..a_complaint()
        };
        let mut filed = world.files(tip).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let unit = world.liaison(ZJJ);
        assert_eq!(found(&unit, "屋顶漏水").await, [filed.id]);
        assert!(found(&unit, "宁海路").await.is_empty());
        assert_eq!(found(&world.dispatcher(), "宁海路").await, [filed.id]);
    })
    .await;
}

#[tokio::test]
async fn answer_unit_and_numbers_are_searched_as_they_change() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let reader = world.dispatcher();
        let answer = "督促物业完成维修";
        assert!(found(&reader, answer).await.is_empty());
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let reference = world.services.reference().await.expect("a reference");
        let name = reference.unit(ZJJ).name;
        let part: String = name.chars().skip(1).collect();
        assert_eq!(found(&reader, &part).await, [filed.id], "{part}");
        let seen = page(&reader, &part).await;
        assert_eq!(seen.found[0].place, Some(FoundField::Unit));
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        assert_eq!(found(&reader, answer).await, [filed.id]);
        let seen = page(&reader, answer).await;
        assert_eq!(seen.found[0].place, Some(FoundField::Answer));
        let marked = seen.found[0].excerpt.iter().find(|part| part.found);
        assert_eq!(marked.map(|part| part.text.as_str()), Some(answer));
        let no = filed.claim.ticket_no.to_string();
        assert_eq!(found(&reader, &no[10..20]).await, [filed.id]);
        let seen = page(&reader, "屋顶 漏水").await;
        assert!(seen.found[0].title.iter().any(|part| part.found));
    })
    .await;
}

#[tokio::test]
async fn the_best_come_first() {
    on_each_database(|world| async move {
        let texts = [
            ("别的", "路灯坏了"),
            ("路灯坏了", "别的"),
            ("别的", "内容里路灯"),
            ("路灯不亮", "路灯"),
        ];
        let texts = texts.map(|(title, content)| (title.to_owned(), content.to_owned()));
        let all = written(&world, &texts).await;
        let reader = world.dispatcher();
        let mut query = asked("路灯", 3);
        query.sort = shared::query::Sort::Best;
        let first = tickets::list(&reader, query.clone()).await.expect("lists");
        let ids: Vec<TicketId> = first.items.iter().map(|row| row.id).collect();
        assert_eq!(ids, [all[3].id, all[1].id, all[2].id]);
        query.cursor = first.next_cursor;
        let last = tickets::list(&reader, query.clone()).await.expect("lists");
        assert_eq!(last.items[0].id, all[0].id);
        assert!(last.items.len() == 1 && last.next_cursor.is_none());
        query.cursor = Some("best-x".to_owned());
        let refused = tickets::list(&reader, query).await.expect_err("no cursor");
        assert_eq!(refused.fields[0].code, shared::fault::Code::InputCursor);
    })
    .await;
}
