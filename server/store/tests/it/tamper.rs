//! Tamperings drawn from a seed, straight in the database with its triggers gone: each is found, and the first row that does not fit is named.
//! 200 on each database; `cargo xtask test tamper` tries 10,000 (`MINSHENG_TAMPERINGS`).
//! Not here: values that were erased (allowed, `audit.rs`), the place outside the database (`services`).

use aws_lc_rs::digest::{SHA256, digest};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, QueryResult, Statement};
use shared::calendar::Instant;
use uuid::Uuid;

use crate::support::{NOW, World, audit};

on_both! { every_tampering_is_found_and_its_first_row_named }

/// Rows of the audit, and how many lie between two signed positions.
const ROWS: i64 = 40;
const SIGNED: i64 = 10;

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `least` to `most`, both included.
    fn within(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).expect("a span");
        least + i64::try_from(self.next() % span).expect("small")
    }
}

/// What must be found: position from and to, and the row's number where it is known.
#[derive(Debug, PartialEq)]
struct Wanted {
    from: i64,
    to: i64,
    n: Option<i64>,
}

impl Wanted {
    fn at(seq: i64, n: i64) -> Self {
        Self {
            from: seq,
            to: seq,
            n: Some(n),
        }
    }

    /// Between the signed positions around one.
    fn around(seq: i64) -> Self {
        let before = (seq - 1) / SIGNED * SIGNED;
        Self {
            from: before + 1,
            to: before + SIGNED,
            n: None,
        }
    }
}

/// The database past the store.
struct Raw {
    conn: DatabaseConnection,
    is_sqlite: bool,
    /// Numbers of the rows, in the order of the chain.
    numbers: Vec<i64>,
}

impl Raw {
    async fn run(&self, sql: &str) {
        self.conn.execute_unprepared(sql).await.expect(sql);
    }

    async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let statement = Statement::from_string(self.conn.get_database_backend(), sql);
        self.conn.query_all_raw(statement).await.expect(sql)
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        let digits = hex::encode(bytes);
        if self.is_sqlite {
            format!("x'{digits}'")
        } else {
            format!("'\\x{digits}'")
        }
    }

    fn uuid(&self, id: Uuid) -> String {
        if self.is_sqlite {
            self.bytes(id.as_bytes())
        } else {
            format!("'{id}'")
        }
    }

    fn n(&self, seq: i64) -> i64 {
        self.numbers[usize::try_from(seq - 1).expect("a position")]
    }

    /// Takes the triggers away and keeps a copy of everything.
    async fn of(world: &World) -> Self {
        let is_sqlite = world.store.kind() == "sqlite";
        let mut raw = Self {
            conn: world.raw().await,
            is_sqlite,
            numbers: Vec::new(),
        };
        let triggers: &[(&str, &str)] = if is_sqlite {
            &[
                ("audit_grow_update", ""),
                ("audit_grow_delete", ""),
                ("chain_grow_update", ""),
                ("chain_grow_delete", ""),
            ]
        } else {
            &[
                ("audit_grow", " on audit"),
                ("audit_grow_update", " on audit"),
                ("chain_grow", " on audit_chain"),
            ]
        };
        for (name, on) in triggers {
            raw.run(&format!("drop trigger {name}{on}")).await;
        }
        for table in ["audit", "audit_chain"] {
            raw.run(&format!(
                "create table kept_{table} as select * from {table}"
            ))
            .await;
        }
        for row in raw.rows("select n from audit_chain order by seq").await {
            raw.numbers.push(row.try_get_by_index(0).expect("a number"));
        }
        raw
    }

    /// Puts everything back.
    async fn restore(&self) {
        for table in ["audit_chain", "audit"] {
            self.run(&format!("delete from {table}")).await;
            self.run(&format!("insert into {table} select * from kept_{table}"))
                .await;
        }
    }

    /// The digest of a row as the store computes it.
    async fn digest(&self, n: i64) -> Vec<u8> {
        let sql = format!(
            "select id, at, actor, actor_name, action, object, outcome, facts, hashes, salt from audit where n = {n}"
        );
        let rows = self.rows(&sql).await;
        let row = rows.first().expect("a row");
        let id: Uuid = row.try_get_by_index(0).expect("an id");
        let at: i64 = row.try_get_by_index(1).expect("a time");
        let actor: Option<Uuid> = row.try_get_by_index(2).expect("an actor");
        let mut parts = vec![
            id.to_string(),
            at.to_string(),
            actor.map_or_else(String::new, |actor| actor.to_string()),
        ];
        for column in 3..9 {
            parts.push(row.try_get_by_index(column).expect("a text"));
        }
        let salt: Vec<u8> = row.try_get_by_index(9).expect("a salt");
        let mut input = b"A1".to_vec();
        for part in parts {
            input.extend((part.len() as u64).to_be_bytes());
            input.extend(part.as_bytes());
        }
        input.extend(salt);
        digest(&SHA256, &input).as_ref().to_vec()
    }

    /// Writes the chain anew from a position on, in an order of rows, with links that fit.
    async fn relink(&self, from: i64, order: &[i64]) {
        let mut link: Vec<u8> = Vec::new();
        let before = format!("select link from audit_chain where seq = {}", from - 1);
        if let Some(row) = self.rows(&before).await.first() {
            link = row.try_get_by_index(0).expect("a link");
        }
        self.run(&format!("delete from audit_chain where seq >= {from}"))
            .await;
        for (seq, n) in (from..).zip(order) {
            let rows = self
                .rows(&format!("select digest from audit where n = {n}"))
                .await;
            let own: Vec<u8> = rows
                .first()
                .expect("a row")
                .try_get_by_index(0)
                .expect("a digest");
            let input = [&link[..], &seq.to_be_bytes(), &own].concat();
            link = digest(&SHA256, &input).as_ref().to_vec();
            let bytes = self.bytes(&link);
            self.run(&format!(
                "insert into audit_chain (seq, n, link) values ({seq}, {n}, {bytes})"
            ))
            .await;
        }
    }

    /// A row that nobody wrote, and its number.
    async fn forge(&self, dice: &mut Dice) -> i64 {
        let like = self.n(dice.within(1, ROWS));
        let n = self.n(ROWS) + dice.within(1, 1_000);
        let id = self.uuid(Uuid::from_u64_pair(dice.next(), dice.next()));
        self.run(&format!("insert into audit (n, id, at, actor, actor_name, action, object, outcome, facts, salt, hashes, erasable, digest) select {n}, {id}, at, actor, actor_name, action, object, outcome, facts, salt, hashes, erasable, digest from audit where n = {like}")).await;
        let own = self.bytes(&self.digest(n).await);
        self.run(&format!("update audit set digest = {own} where n = {n}"))
            .await;
        n
    }

    /// What may stand in a column instead.
    fn other(&self, column: usize, dice: &mut Dice) -> String {
        let noise = dice.next();
        let text = |name: &str| format!("{name} = {name} || '{noise:x}'");
        match column {
            0 => text("actor_name"),
            1 => text("action"),
            2 => text("object"),
            3 => text("outcome"),
            4 => text("facts"),
            5 => text("hashes"),
            6 => "at = at + 1".to_owned(),
            7 => "actor = null".to_owned(),
            8 => format!("id = {}", self.uuid(Uuid::from_u64_pair(noise, noise))),
            9 => format!("salt = {}", self.bytes(&noise.to_be_bytes())),
            10 => format!("erasable = '{{\"ip\":\"{noise:x}\"}}'"),
            _ => format!("digest = {}", self.bytes(&noise.to_be_bytes())),
        }
    }

    /// Tampers in one way, and says what must be found.
    #[allow(clippy::too_many_lines, reason = "a table: a few lines a way")]
    async fn tamper(&self, way: usize, dice: &mut Dice) -> Wanted {
        let seq = dice.within(1, ROWS);
        let n = self.n(seq);
        match way {
            0 => {
                let column = usize::try_from(dice.within(0, 11)).expect("small");
                let set = self.other(column, dice);
                self.run(&format!("update audit set {set} where n = {n}"))
                    .await;
                Wanted::at(seq, n)
            }
            1 => {
                self.run(&format!("delete from audit where n = {n}")).await;
                Wanted::at(seq, n)
            }
            2 => {
                self.run(&format!("delete from audit_chain where seq = {seq}"))
                    .await;
                Wanted {
                    from: seq,
                    to: seq,
                    // At the end nothing behind it shows a gap: the row that waits for nothing is named.
                    n: (seq == ROWS).then_some(n),
                }
            }
            3 => Wanted::at(ROWS + 1, self.forge(dice).await),
            4 => {
                let forged = self.forge(dice).await;
                let behind = self
                    .numbers
                    .iter()
                    .skip(usize::try_from(seq - 1).expect("small"));
                let order: Vec<i64> = std::iter::once(forged).chain(behind.copied()).collect();
                self.relink(seq, &order).await;
                Wanted::around(seq)
            }
            5 => {
                let other = (seq + dice.within(1, ROWS - 1) - 1) % ROWS + 1;
                let with = self.n(other);
                self.run(&format!("update audit_chain set n = -1 where seq = {seq}"))
                    .await;
                self.run(&format!(
                    "update audit_chain set n = {n} where seq = {other}"
                ))
                .await;
                self.run(&format!(
                    "update audit_chain set n = {with} where seq = {seq}"
                ))
                .await;
                let first = seq.min(other);
                Wanted::at(first, if first == seq { with } else { n })
            }
            6 => {
                for table in ["audit", "audit_chain"] {
                    self.run(&format!("delete from {table} where n >= {n}"))
                        .await;
                }
                let signed = (seq - 1) / SIGNED * SIGNED + SIGNED;
                Wanted {
                    from: seq,
                    to: signed,
                    n: None,
                }
            }
            7 | 8 => {
                let column = usize::try_from(dice.within(0, 4)).expect("small");
                let set = self.other(column, dice);
                self.run(&format!("update audit set {set} where n = {n}"))
                    .await;
                let own = self.bytes(&self.digest(n).await);
                self.run(&format!("update audit set digest = {own} where n = {n}"))
                    .await;
                if way == 8 {
                    return Wanted::at(seq, n);
                }
                let behind = self
                    .numbers
                    .iter()
                    .skip(usize::try_from(seq - 1).expect("small"));
                let order: Vec<i64> = behind.copied().collect();
                self.relink(seq, &order).await;
                Wanted::around(seq)
            }
            _ => {
                let link = self.bytes(&dice.next().to_be_bytes());
                self.run(&format!(
                    "update audit_chain set link = {link} where seq = {seq}"
                ))
                .await;
                Wanted::at(seq, n)
            }
        }
    }
}

/// Rows that are linked and signed at every tenth.
async fn signed(world: &World) {
    for part in 1..=ROWS / SIGNED {
        for _ in 0..SIGNED {
            let entry = audit("ticket.reveal", NOW);
            world
                .store
                .write(move |tx| {
                    let entry = entry.clone();
                    Box::pin(async move { store::audit::append(tx, &entry).await })
                })
                .await
                .expect("written");
        }
        let at = Instant(NOW.0 + part * 60_000);
        world
            .store
            .write(move |tx| {
                Box::pin(async move {
                    store::audit::seal(tx, 1_000).await?;
                    store::audit::checkpoint(tx, part * SIGNED, at).await
                })
            })
            .await
            .expect("sealed")
            .expect("signed");
    }
}

async fn every_tampering_is_found_and_its_first_row_named(world: World) {
    let count: u64 = std::env::var("MINSHENG_TAMPERINGS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(200);
    signed(&world).await;
    let db = world.store.reader();
    let whole = store::audit::verify(&db).await.expect("verifies");
    assert_eq!((whole.sealed, &whole.first), (ROWS, &None), "{whole:?}");
    let raw = Raw::of(&world).await;
    for seed in 0..count {
        let mut dice = Dice(seed);
        let way = usize::try_from(seed % 10).expect("small");
        let wanted = raw.tamper(way, &mut dice).await;
        let report = store::audit::verify(&db).await.expect("verifies");
        let words = format!("seed {seed}, way {way}: {wanted:?}, found {report:?}");
        assert!(!report.faults.is_empty(), "{words}");
        let first = report.first.expect(&words);
        let found = Wanted {
            from: first.from,
            to: first.to,
            n: first.n,
        };
        assert_eq!(found, wanted, "{words}");
        raw.restore().await;
    }
    let again = store::audit::verify(&db).await.expect("verifies");
    assert!(again.faults.is_empty(), "what was put back fits: {again:?}");
    println!("{count} tamperings, all found");
}
