//! What a running server costs: its memory, the CPU of a page, and the bytes that a page brings to the browser.
//! The browser's part is only counted, not run: HTML and every file it names, as they come over the wire with brotli.
//! Read next: `server.rs` and `http.rs`.

use super::{Row, persons};
use crate::{
    http::{self, Raw},
    server::Server,
};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::{
    fs, thread,
    time::{Duration, Instant},
};

/// The list page whose service call the bench program measures as `list.city_state`.
const LIST: &str = "/tickets?state=HANDLING";
const FORM: &str = "/file";
/// Who looks at it.
const PERSON: &str = "nj.dispatcher";
/// What browsers take.
const BROWSER: &str = "gzip, deflate, br, zstd";
/// The jobs that run at the start are through by then.
const SETTLE: Duration = Duration::from_secs(8);

/// Starts the server and measures; `services` are the measures of the services, against which pages are held.
pub fn measure(server: &mut Server, site: bool, services: &[Row]) -> Result<Vec<Row>> {
    let list = services.iter().find(|row| row.name == "list.city_state");
    let service_ms = list.and_then(|row| row.cpu_ms);
    server.start()?;
    let id = server.process_id().context("the server has just started")?;
    thread::sleep(SETTLE);
    let idle = memory(id)?;
    let cookies = sign_in(server, PERSON)?;
    let mut rows = vec![page_cpu(server, id, &cookies, service_ms)?];
    rows.push(form_cpu(server, id)?);
    if site {
        rows.extend(weights(server, "form", FORM, "")?);
        rows.extend(weights(server, "list", LIST, &cookies)?);
    }
    rows.extend(persons::measure(server, services)?);
    let after = memory(id)?;
    let megabytes = |name: &str, what: &str, value| Row {
        name: name.to_owned(),
        what: what.to_owned(),
        unit: "MB".to_owned(),
        value: Some(value),
        runs: 1,
        ..Row::default()
    };
    rows.push(megabytes(
        "server.memory",
        "resident, idle after the start",
        idle,
    ));
    rows.push(megabytes(
        "server.memory.after",
        "resident after these pages, sixteen clients at once",
        after,
    ));
    Ok(rows)
}

fn page_cpu(server: &Server, id: u32, cookies: &str, service_ms: Option<f64>) -> Result<Row> {
    let row = Row {
        name: "page.list".to_owned(),
        what: format!("CPU of the page {LIST} for {PERSON}"),
        unit: "ms".to_owned(),
        baseline: service_ms,
        against: "CPU of the service call".to_owned(),
        ..Row::default()
    };
    let first = get(server, LIST, cookies, "identity")?;
    if first.status != 200 {
        return Ok(Row {
            note: Some(format!(
                "not there yet: the server answers {}",
                first.status
            )),
            ..row
        });
    }
    let (value, runs) = cpu_per_request(server, id, LIST, cookies)?;
    Ok(Row {
        value: Some(value),
        runs,
        ..row
    })
}

fn form_cpu(server: &Server, id: u32) -> Result<Row> {
    let (value, runs) = cpu_per_request(server, id, FORM, "")?;
    Ok(Row {
        name: "page.form".to_owned(),
        what: format!("CPU of the page {FORM} for a visitor"),
        unit: "ms".to_owned(),
        value: Some(value),
        runs,
        ..Row::default()
    })
}

/// User and system time of the whole process per request, over at least two seconds: ticks are 10 ms.
/// A connection per request and compression are part of it, as they are behind a proxy.
pub fn cpu_per_request(server: &Server, id: u32, path: &str, cookies: &str) -> Result<(f64, u64)> {
    for _ in 0..5 {
        get(server, path, cookies, BROWSER)?;
    }
    become_idle(id)?;
    let (before, start) = (cpu_ms(id)?, Instant::now());
    let mut runs = 0_u64;
    while start.elapsed() < Duration::from_secs(2) {
        let answer = get(server, path, cookies, BROWSER)?;
        ensure!(answer.status == 200, "{path} answers {}", answer.status);
        runs += 1;
    }
    Ok(((cpu_ms(id)? - before) / runs as f64, runs))
}

/// Waits until nothing of the server works in the background: after the measures of creating it seals thousands of audit rows,
/// whose cost is not the page's. At most a minute.
fn become_idle(id: u32) -> Result<()> {
    const LOOK: Duration = Duration::from_millis(500);
    for _ in 0..120 {
        let before = cpu_ms(id)?;
        thread::sleep(LOOK);
        if cpu_ms(id)? - before <= 10.0 {
            break;
        }
    }
    Ok(())
}

/// HTML and style, with which a page can be read, and everything it names.
fn weights(server: &Server, name: &str, path: &str, cookies: &str) -> Result<Vec<Row>> {
    let plain = get(server, path, cookies, "identity")?;
    let kilobytes = |part: &str, what: String, value: Option<f64>, note| Row {
        name: format!("weight.{name}.{part}"),
        what,
        unit: "kB".to_owned(),
        value,
        note,
        runs: 1,
        ..Row::default()
    };
    if plain.status != 200 {
        let note = format!("not there yet: the server answers {}", plain.status);
        return Ok(vec![kilobytes(
            "complete",
            format!("{path} and all its files, brotli"),
            None,
            Some(note),
        )]);
    }
    let html = String::from_utf8_lossy(&plain.body).into_owned();
    let page = get(server, path, cookies, "br")?;
    ensure!(is_brotli(&page), "{path} does not come with brotli");
    let (mut readable, mut complete) = (page.body.len(), page.body.len());
    let mut parts = vec![format!("html {}", page.body.len())];
    for file in files(&html) {
        let answer = get(server, &file, "", "br")?;
        if answer.status != 200 {
            let note = format!("the site is not built: {file} answers {}", answer.status);
            let what = format!("{path} and all its files, brotli");
            return Ok(vec![kilobytes("complete", what, None, Some(note))]);
        }
        let bytes = answer.body.len();
        complete += bytes;
        let end = file.rsplit('.').next().unwrap_or_default();
        if end == "css" {
            readable += bytes;
        }
        parts.push(format!("{end} {bytes}"));
    }
    let kb = |bytes: usize| Some(bytes as f64 / 1000.0);
    Ok(vec![
        kilobytes(
            "readable",
            format!("{path}: HTML and style, brotli"),
            kb(readable),
            None,
        ),
        kilobytes(
            "complete",
            format!("{path}: {}", parts.join(", ")),
            kb(complete),
            None,
        ),
    ])
}

fn is_brotli(answer: &Raw) -> bool {
    answer.header("content-encoding").any(|value| value == "br")
}

/// Style, script, wasm and pictures that the HTML names, each once. Touch icons and manifest wait for an installation.
fn files(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for mark in ["href=\"/", "src=\"/"] {
        for rest in html.split(mark).skip(1) {
            let Some((path, _)) = rest.split_once('"') else {
                continue;
            };
            let kind = path.rsplit('.').next().unwrap_or_default();
            let file = format!("/{path}");
            if matches!(kind, "css" | "js" | "wasm" | "svg") && !found.contains(&file) {
                found.push(file);
            }
        }
    }
    found
}

/// Asks for a path as a browser does.
pub fn get(server: &Server, path: &str, cookies: &str, encoding: &str) -> Result<Raw> {
    let mut headers = vec![("Accept-Encoding", encoding), ("Accept-Language", "zh-CN")];
    if !cookies.is_empty() {
        headers.push(("Cookie", cookies));
    }
    http::raw(server.port, &format!("GET {path}"), &headers, "")
}

/// Signs in as the page's form does; gives the cookies.
pub fn sign_in(server: &Server, person: &str) -> Result<String> {
    let accounts: Vec<Value> = serde_json::from_str(&fs::read_to_string(&server.accounts)?)?;
    let account = accounts.iter().find(|one| one["username"] == person);
    let password = account
        .and_then(|one| one["password"].as_str())
        .with_context(|| format!("the demo has no {person}"))?;
    let form = format!("username={person}&password={password}");
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = http::raw(server.port, "POST /sign-in", &headers, &form)?;
    let cookies: Vec<&str> = answer
        .header("set-cookie")
        .filter_map(|value| value.split(';').next())
        .collect();
    if answer.status != 303 || cookies.is_empty() {
        bail!("POST /sign-in answers {}", answer.status);
    }
    Ok(cookies.join("; "))
}

fn cpu_ms(id: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The program's name may hold blanks; the fields behind its bracket do not.
    let rest = text.rsplit_once(')').context("/proc/PID/stat")?.1;
    let field = |at| rest.split_whitespace().nth(at)?.parse::<u64>().ok();
    let (user, system) = field(11).zip(field(12)).context("/proc/PID/stat")?;
    Ok((user + system) as f64 * 10.0)
}

/// Resident memory in MB (10⁶ bytes).
fn memory(id: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    Ok(kb.context("/proc/PID/status")? * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_files_of_a_page_are_found_once() {
        let html = r#"<link id="style" rel="stylesheet" href="/pkg/a.1.css"/><link rel="icon" href="/favicon.svg"/>
            <link rel="apple-touch-icon" href="/icons/180.png"/><link rel="preload" href="/pkg/a.1.wasm"/>
            <link rel="modulepreload" href="/pkg/a.1.js"/><a href="/track">x</a><script src="/pkg/a.1.js"></script>"#;
        assert_eq!(
            super::files(html),
            [
                "/pkg/a.1.css",
                "/favicon.svg",
                "/pkg/a.1.wasm",
                "/pkg/a.1.js"
            ]
        );
    }
}
