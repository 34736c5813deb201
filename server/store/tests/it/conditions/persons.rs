//! Marks of persons: which tickets they find, in which scope, and that they lead along the indexes of digests, whoever asks.
//! Not here: marks and seals (`services`), the forms in which somebody is found again (`shared::person`).

use sea_orm::ConnectionTrait as _;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::query::language::{Expr, mark};
use shared::query::person::PersonKey;
use shared::query::{Sort, TicketFilter};
use shared::ticket::command::Citizen;
use store::bare::Bare;

use super::found;
use crate::plans::filled::{COUNT, fill, query, scans_table, scopes};
use crate::support::{HOUR, NOW, World, ticket};

on_both! { a_mark_finds_whoever_it_stands_for a_mark_leads_along_its_index }

/// A mark as services make one; its seal is none of the store's business.
fn marked(world: &World, key: PersonKey, typed: &str) -> String {
    let digest = store::tickets::person_hash(&world.store.reader(), key, typed);
    mark::written(&hex::encode(digest), &"0".repeat(mark::SEAL))
}

fn filter(text: &str) -> TicketFilter {
    let expr = Expr::parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"));
    TicketFilter {
        expr: Some(expr),
        ..TicketFilter::default()
    }
}

async fn a_mark_finds_whoever_it_stands_for(world: World) {
    let citizen = |name: &str, phone: &str, contact: Option<&str>| Citizen {
        name: Some(name.to_owned()),
        phone: Some(phone.to_owned()),
        backup_contact: contact.map(str::to_owned),
        id_number: (name == "张三").then(|| "11010519491231002x".to_owned()),
        ..Citizen::default()
    };
    let (first, second) = ("13812345678", "13900000001");
    let people = [
        Some((citizen("张三", first, None), false)),
        Some((citizen("李四", second, Some("138 1234 5678")), false)),
        Some((citizen("张三", first, None), true)),
        None,
    ];
    let mut made: Vec<TicketId> = Vec::new();
    for (at, person) in (0_i64..).zip(people) {
        let mut one = ticket(Instant(NOW.0 - at * HOUR));
        one.confidential = person.as_ref().is_some_and(|(_, discreet)| *discreet);
        one.region = if at == 1 { "320506" } else { "320106" }.to_owned();
        one.street = None;
        one.citizen = person.map(|(citizen, _)| citizen);
        made.push(world.register(one).await.id);
    }
    let phone = marked(&world, PersonKey::Phone, "+86 138-1234-5678");
    let name = marked(&world, PersonKey::Name, " 张 三 ");
    let other = marked(&world, PersonKey::Name, "李四");
    let number = marked(
        &world,
        PersonKey::IdNumber,
        "１１０１０５１９４９１２３１００２X",
    );
    for (text, wanted) in [
        (format!("phone = {phone}"), vec![0, 1]),
        (format!("name = {name}"), vec![0]),
        (format!("name in ({name}, {other})"), vec![0, 1]),
        (format!("idno = {number}"), vec![0]),
        (format!("phone = {phone} and name = {other}"), vec![1]),
        (format!("not name = {name}"), vec![1, 2, 3]),
        (format!("phone = {phone} or urges >= 0"), vec![0, 1, 2, 3]),
        (format!("phone = {name}"), vec![]),
    ] {
        let mut wanted: Vec<TicketId> = wanted.into_iter().map(|at: usize| made[at]).collect();
        wanted.sort();
        for sort in Sort::ALL.iter().copied() {
            let led = filter(&text).led(NOW);
            assert_eq!(found(&world, led, sort).await, wanted, "{text}");
        }
    }
    let elsewhere = TicketFilter {
        found_in: Some(Scope::Region("3205".to_owned())),
        ..filter(&format!("phone = {phone}"))
    };
    let ids = found(&world, elsewhere, Sort::AcceptedDesc).await;
    assert_eq!(ids, [made[1]], "where citizens may be looked at");
}

async fn a_mark_leads_along_its_index(world: World) {
    fill(&world).await;
    let sqlite = world.store.kind() == "sqlite";
    let digest =
        store::tickets::person_hash(&world.store.reader(), PersonKey::Phone, "13812345678");
    let bytes = hex::encode(digest);
    let bytes = if sqlite {
        format!("x'{bytes}'")
    } else {
        format!("'\\x{bytes}'::bytea")
    };
    let raw = world.raw().await;
    let columns = ["phone_hmac", "name_hmac", "id_number_hmac"];
    for column in columns {
        let sql = format!(
            "update tickets set {column} = {bytes} where ticket_no in ('N1', 'N900', 'N29999')"
        );
        raw.execute_unprepared(&sql).await.expect("known");
    }
    let mark = marked(&world, PersonKey::Phone, "13812345678");
    let bare = Bare::of(&world.store);
    let mut dear = Vec::new();
    for (who, scope) in scopes() {
        for (field, index) in [
            ("phone", "tickets_phone"),
            ("name", "tickets_name"),
            ("idno", "tickets_id_number"),
        ] {
            for sort in ["-accepted_at", "accepted_at", "due_at", "-updated_at"] {
                let address = format!("where={field} = {mark} and urges >= 0");
                let mut asked = query(&address, sort);
                asked.filter = asked.filter.led(NOW);
                assert!(asked.filter.check_led(false).is_ok(), "{address}");
                let works = bare.work_of_list(&scope, &asked, NOW).await;
                let works = works.unwrap_or_else(|e| panic!("{who} {address} {sort}: {e}"));
                let posts = match &scope {
                    Scope::Any(posts) => posts.len() as u64,
                    _ => 1,
                };
                let is_led = !sqlite
                    || works
                        .iter()
                        .any(|work| work.plan.iter().any(|line| line.contains(index)));
                if scope == Scope::All && !is_led {
                    dear.push(format!("{who} {field} {sort}: not along {index}"));
                }
                let looks = works
                    .iter()
                    .filter(|work| work.visited > posts * COUNT || scans_table(work));
                dear.extend(looks.map(|work| {
                    let plan = work.plan.join("\n  ");
                    format!("{who} {field} {sort}: {}\n  {plan}", work.visited)
                }));
            }
        }
    }
    assert!(dear.is_empty(), "{} dear\n{}", dear.len(), dear.join("\n"));
}
