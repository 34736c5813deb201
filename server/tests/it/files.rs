//! Files of cases over HTTP: parts that go on where they broke off, lists and bytes for programs; the ticket's page without script.
//! Deliberately absent: what is taken, limits, viruses, kills (tests of `services`).

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode},
};
use serde_json::{Value, json};

use crate::person::Person;
use crate::rest::complaint;
use crate::support::{Answer, LEAD, World, request};

const PDF: &[u8] = b"%PDF-1.7\n% canary-file\n%%EOF\n";

/// A program with a token.
struct Program<'w> {
    world: &'w World,
    bearer: String,
}

impl<'w> Program<'w> {
    async fn of(world: &'w World, name: &str) -> Self {
        let bearer = format!("Bearer {}", world.token(name).await);
        Self { world, bearer }
    }

    async fn call(&self, method: &str, path: &str, offset: Option<usize>, body: Body) -> Answer {
        let offset = offset.map(|offset| offset.to_string());
        let mut headers = vec![("authorization", self.bearer.as_str())];
        match &offset {
            Some(offset) => headers.extend([
                ("upload-offset", offset.as_str()),
                ("content-type", "application/offset+octet-stream"),
            ]),
            None => headers.push(("content-type", "application/json")),
        }
        let path = format!("/api/v1{path}");
        let request: Request<Body> = request(method, &path, &headers, body);
        self.world.send(request).await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, None, Body::from(body.to_string()))
            .await
    }

    async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None, Body::empty()).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

async fn a_ticket(world: &World) -> String {
    let agent = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &agent, &complaint()).await;
    text(&made.json()["id"])
}

#[tokio::test]
async fn a_program_sends_a_file_in_parts_and_reads_it_back() {
    let world = World::new().await;
    let ticket = a_ticket(&world).await;
    let program = Program::of(&world, "dispatcher").await;
    let hook = json!({"case": "ticket", "id": ticket});
    let wanted = json!({"hook": hook, "name": "意见书.pdf", "size": PDF.len()});
    let begun = program.post("/files/uploads", &wanted).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    let path = format!("/files/uploads/{}", text(&begun.json()["id"]));
    let broken = futures::stream::iter([
        Ok(Bytes::from_static(&PDF[..10])),
        Err(std::io::Error::other("cut off")),
    ]);
    let sent = program
        .call("PATCH", &path, Some(0), Body::from_stream(broken))
        .await;
    assert!(sent.status.is_client_error(), "{}", sent.text);
    let head = program.call("HEAD", &path, None, Body::empty()).await;
    assert_eq!(head.status, StatusCode::OK);
    assert_eq!(head.header("upload-offset"), "10");
    assert_eq!(head.header("upload-length"), PDF.len().to_string());
    assert_eq!(head.text, "");
    let wrong = program
        .call("PATCH", &path, Some(3), Body::from(&PDF[3..]))
        .await;
    assert_eq!(wrong.status, StatusCode::CONFLICT, "{}", wrong.text);
    assert_eq!(wrong.json()["code"], "file.offset");
    let bare = program.call("PATCH", &path, None, Body::from("x")).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ended = program
        .call("PATCH", &path, Some(10), Body::from(&PDF[10..]))
        .await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.text);
    assert_eq!(ended.header("upload-offset"), PDF.len().to_string());
    let file = text(&ended.json()["file"]["id"]);
    let listed = program.get(&format!("/tickets/{ticket}/files")).await;
    assert_eq!(listed.json()["items"][0]["name"], "意见书.pdf");
    assert_eq!(listed.json()["items"][0]["kind"], "pdf");
    let bytes = program.get(&format!("/files/{file}/content")).await;
    assert_eq!(bytes.text.as_bytes(), PDF);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(bytes.header(name), value);
    }
    let place = bytes.header("content-disposition");
    assert!(
        place.starts_with("attachment; ") && place.contains("%E6%84%8F"),
        "{place}"
    );
    assert!(bytes.header("content-security-policy").contains("sandbox"));
    // Who does not see the ticket learns nothing; nobody is sent to sign in.
    let stranger = Program::of(&world, "auditor").await;
    for path in [
        format!("/files/{file}"),
        format!("/files/{file}/content"),
        format!("/files/{}", "00000000-0000-0000-0000-000000000000"),
    ] {
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.json()["code"], "not_found", "{path}");
    }
    let gone = program.call("DELETE", &path, None, Body::empty()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "what it became stays");
    let again = program.get(&format!("/files/{file}")).await;
    assert_eq!(again.json()["state"], "clean");
}

fn multipart(files: &[(&str, &[u8])]) -> Body {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--xyz--\r\n");
    Body::from(body)
}

async fn posts(world: &World, path: &str, cookies: &str, files: &[(&str, &[u8])]) -> Answer {
    let headers = [
        ("cookie", cookies),
        ("content-type", "multipart/form-data; boundary=xyz"),
        ("origin", "http://127.0.0.1:3000"),
        ("sec-fetch-site", "same-origin"),
    ];
    world
        .send(request("POST", path, &headers, multipart(files)))
        .await
}

#[tokio::test]
async fn the_tickets_page_takes_and_gives_files_without_script() {
    let world = World::new().await;
    let ticket = a_ticket(&world).await;
    let page = format!("/tickets/{ticket}");
    let dispatcher = Person::signed_in(&world, "dispatcher").await;
    let empty = dispatcher.sees(&page).await;
    let action = format!("{page}/files");
    assert!(empty.contains("还没有附件") && empty.contains(&format!("action=\"{action}\"")));
    let cookies = dispatcher.cookies().to_owned();
    let put = posts(
        &world,
        &action,
        &cookies,
        &[("派单依据.pdf", PDF), ("", b"")],
    )
    .await;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.text);
    assert_eq!(put.header("location"), format!("{page}#files"));
    let full = dispatcher.sees(&page).await;
    assert!(
        full.contains("派单依据.pdf") && full.contains("PDF 文件"),
        "{full}"
    );
    let at = full.find("href=\"/files/").expect("a link") + 6;
    let link: String = full[at..].chars().take_while(|c| *c != '"').collect();
    let saved = world.get(&link, &[("cookie", &cookies)]).await;
    assert_eq!(saved.text.as_bytes(), PDF);
    assert!(
        saved
            .header("content-disposition")
            .starts_with("attachment")
    );
    let wrong = posts(&world, &action, &cookies, &[("a.pdf", b"MZ program")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("a.pdf"), "{}", wrong.text);

    // The unit adds to its reply and to nothing else.
    let token = world.token("dispatcher").await;
    let body = json!({"version": 1, "lead": LEAD, "category": "010101"});
    let done = world
        .post(&format!("/api/v1{page}/dispatch"), &token, &body)
        .await;
    let assignment = text(&done.json()["assignments"][0]["id"]);
    let handler = Person::signed_in(&world, "handler").await;
    let (cookies, reply) = (
        handler.cookies().to_owned(),
        format!("{page}/assignments/{assignment}/files"),
    );
    let denied = posts(&world, &action, &cookies, &[("a.pdf", PDF)]).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let put = posts(&world, &reply, &cookies, &[("现场.pdf", PDF)]).await;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.text);
    assert!(handler.sees(&page).await.contains("现场.pdf"));
    for (who, status) in [("auditor", 404), ("", 401)] {
        let cookies = if who.is_empty() {
            String::new()
        } else {
            Person::signed_in(&world, who).await.cookies().to_owned()
        };
        let answer = world.get(&link, &[("cookie", &cookies)]).await;
        assert_eq!(answer.status.as_u16(), status, "{who}");
    }
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke_off() {
    let world = World::new().await;
    let ticket = a_ticket(&world).await;
    let program = Program::of(&world, "dispatcher").await;
    let hook = json!({"case": "ticket", "id": ticket});
    let wanted = json!({"hook": hook, "name": "a.pdf", "size": PDF.len()});
    let begun = program.post("/files/uploads", &wanted).await;
    let path = format!("/files/uploads/{}", text(&begun.json()["id"]));
    let ended = program.call("PATCH", &path, Some(0), Body::from(PDF)).await;
    let file = text(&ended.json()["file"]["id"]);
    let path = format!("/api/v1/files/{file}/content");
    let bearer = program.bearer.as_str();
    let asks = async |headers: &[(&str, &str)]| {
        let mut all = vec![("authorization", bearer), ("accept-encoding", "gzip")];
        all.extend(headers);
        world.get(&path, &all).await
    };
    let whole = asks(&[]).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-length"), PDF.len().to_string());
    let tag = whole.header("etag").to_owned();
    assert!(tag.len() == 66 && tag.starts_with('"'), "{tag}");
    let rest = asks(&[("range", "bytes=10-"), ("if-range", &tag)]).await;
    assert_eq!(rest.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(rest.text.as_bytes(), &PDF[10..]);
    let length = PDF.len();
    let told = format!("bytes 10-{}/{length}", length - 1);
    assert_eq!(rest.header("content-range"), told);
    assert_eq!(rest.header("content-length"), (length - 10).to_string());
    assert!(rest.header("content-disposition").starts_with("attachment"));
    let last = asks(&[("range", "bytes=-5")]).await;
    assert_eq!(last.text.as_bytes(), &PDF[length - 5..]);
    let behind = asks(&[("range", &format!("bytes={length}-"))]).await;
    assert_eq!(behind.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(behind.header("content-range"), format!("bytes */{length}"));
    assert_eq!(behind.text, "");
    for headers in [
        [("range", "bytes=0-1,4-5"), ("if-range", tag.as_str())],
        [("range", "bytes=5-4"), ("if-range", tag.as_str())],
        [("range", "bytes=5-"), ("if-range", "\"another\"")],
    ] {
        let answer = asks(&headers).await;
        assert_eq!(answer.status, StatusCode::OK, "{headers:?}");
        assert_eq!(answer.text.as_bytes(), PDF);
    }
    // The pages' address gives the same.
    let dispatcher = Person::signed_in(&world, "dispatcher").await;
    let headers = [("cookie", dispatcher.cookies()), ("range", "bytes=1-3")];
    let part = world.get(&format!("/files/{file}"), &headers).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.text, "PDF");
    // A range asks for the rights as the whole does.
    let stranger = Person::signed_in(&world, "auditor").await;
    let headers = [("cookie", stranger.cookies()), ("range", "bytes=1-3")];
    let part = world.get(&format!("/files/{file}"), &headers).await;
    assert_eq!(part.status, StatusCode::NOT_FOUND);
}

/// An approval filed by the handler.
async fn an_approval(world: &World) -> String {
    let body = json!({"definition": "permit-sample", "title": "中山路天桥检修占道", "fields": {
        "applicant": "南京市城管局", "project": "天桥检修", "place": "中山路一号", "days": "5", "reviewers": "supervisor,caller", "vote": "all",
    }});
    let handler = world.token("handler").await;
    let done = world.post("/api/v1/approvals", &handler, &body).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.text);
    text(&done.json()["id"])
}

/// The address of a form or link on a page.
fn address(html: &str, before: &str) -> String {
    let at = html.find(before).unwrap_or_else(|| panic!("{before}")) + before.len();
    html[at..].chars().take_while(|c| *c != '"').collect()
}

#[tokio::test]
async fn the_approvals_page_takes_gives_and_removes_files_without_script() {
    let world = World::new().await;
    let approval = an_approval(&world).await;
    let page = format!("/approvals/{approval}");
    let handler = Person::signed_in(&world, "handler").await;
    let action = format!("{page}/files");
    let empty = handler.sees(&page).await;
    assert!(empty.contains("还没有附件") && empty.contains(&format!("action=\"{action}\"")));
    let cookies = handler.cookies().to_owned();
    for version in 1..=2 {
        let words = format!("%PDF-1.7\n% version {version}\n%%EOF\n");
        let mut body = b"--xyz\r\nContent-Disposition: form-data; name=\"slot\"\r\n\r\n".to_vec();
        body.extend("营业执照\r\n--xyz\r\n".bytes());
        body.extend(b"Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n");
        body.extend(words.bytes());
        body.extend(b"\r\n--xyz--\r\n");
        let headers = [
            ("cookie", cookies.as_str()),
            ("content-type", "multipart/form-data; boundary=xyz"),
            ("origin", "http://127.0.0.1:3000"),
            ("sec-fetch-site", "same-origin"),
        ];
        let put = world
            .send(request("POST", &action, &headers, Body::from(body)))
            .await;
        assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.text);
        assert_eq!(put.header("location"), format!("{page}#files"));
    }
    let put = posts(&world, &action, &cookies, &[("说明.pdf", PDF)]).await;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.text);
    let full = handler.sees(&page).await;
    for words in [
        "营业执照 · 第 1 版",
        "营业执照 · 第 2 版",
        "说明.pdf",
        "添加附件",
    ] {
        assert!(full.contains(words), "{words}: {full}");
    }
    let headers = [("cookie", cookies.as_str()), ("accept-language", "en")];
    let english = world.get(&page, &headers).await.text;
    for words in ["version 2", "File added"] {
        assert!(english.contains(words), "{words}");
    }
    let first = full.find("营业执照 · 第 1 版").expect("a row");
    let file = address(&full[first..], "action=\"/files/");
    let saved = world
        .get(
            &format!("/files/{}", file.trim_end_matches("/remove")),
            &[("cookie", &cookies)],
        )
        .await;
    assert!(saved.text.contains("version 1"), "{}", saved.text);

    // Whoever has no part in it neither sees nor removes it.
    let stranger = Person::signed_in(&world, "auditor").await;
    let remove = format!("/files/{file}");
    let denied = posts(&world, &remove, stranger.cookies(), &[]).await;
    assert_eq!(denied.status, StatusCode::NOT_FOUND);
    let signed_out = posts(&world, &remove, "", &[]).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
    let gone = posts(&world, &remove, &cookies, &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    assert_eq!(gone.header("location"), format!("{page}#files"));
    let left = handler.sees(&page).await;
    assert_eq!(left.matches("href=\"/files/").count(), 2);
    assert!(left.contains("移除附件"), "told in the history");
    let again = posts(&world, &remove, &cookies, &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_pages_script_sends_in_parts_under_its_session() {
    let world = World::new().await;
    let ticket = a_ticket(&world).await;
    let dispatcher = Person::signed_in(&world, "dispatcher").await;
    let asks = async |method: &str, path: &str, cookies: &str, offset: &str, body: Body| {
        let mut headers = vec![
            ("cookie", cookies),
            ("origin", "http://127.0.0.1:3000"),
            ("sec-fetch-site", "same-origin"),
        ];
        if !offset.is_empty() {
            headers.push(("upload-offset", offset));
        }
        world.send(request(method, path, &headers, body)).await
    };
    let own = dispatcher.cookies();
    let hook = json!({"case": "ticket", "id": ticket});
    let wanted = json!({"hook": hook, "name": "a.pdf", "size": PDF.len()}).to_string();
    let uploads = "/files/uploads";
    let nobody = asks("POST", uploads, "", "", Body::from(wanted.clone())).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let unread = asks("POST", uploads, own, "", Body::from("{")).await;
    assert_eq!(unread.json()["code"], "input.body");
    let begun = asks("POST", uploads, own, "", Body::from(wanted.clone())).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    let path = format!("{uploads}/{}", text(&begun.json()["id"]));
    let broken = futures::stream::iter([
        Ok(Bytes::from_static(&PDF[..10])),
        Err(std::io::Error::other("cut off")),
    ]);
    let sent = asks("PATCH", &path, own, "0", Body::from_stream(broken)).await;
    assert!(sent.status.is_client_error(), "{}", sent.text);
    let head = asks("HEAD", &path, own, "", Body::empty()).await;
    assert_eq!(head.header("upload-offset"), "10");
    let other = Person::signed_in(&world, "agent").await;
    let theirs = asks("HEAD", &path, other.cookies(), "", Body::empty()).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let ended = asks("PATCH", &path, own, "10", Body::from(&PDF[10..])).await;
    assert_eq!(ended.json()["file"]["name"], "a.pdf", "{}", ended.text);
    // The answer was lost: the end is asked for once more, and is the same.
    let again = asks("PATCH", &path, own, &PDF.len().to_string(), Body::empty()).await;
    assert_eq!(again.json()["file"]["id"], ended.json()["file"]["id"]);
    let second = asks("POST", uploads, own, "", Body::from(wanted)).await;
    let path = format!("{uploads}/{}", text(&second.json()["id"]));
    let gone = asks("DELETE", &path, own, "", Body::empty()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text);
    let stands = asks("HEAD", &path, own, "", Body::empty()).await;
    assert_eq!(stands.status, StatusCode::NOT_FOUND);
    let foreign = [
        ("cookie", own),
        ("origin", "https://elsewhere.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    let forged = request("DELETE", &path, &foreign, Body::empty());
    assert_eq!(world.send(forged).await.status, StatusCode::FORBIDDEN);
}
