//! A person with a browser but without script: reads pages, and posts the forms that stand on them.
//! Deliberately absent: what each page is for (the tests).
//! A form is read off the page as a browser would: its address and its hidden fields.

use axum::http::StatusCode;

use crate::support::{Answer, PASSWORD, World};

/// A person with a browser.
pub struct Person<'w> {
    world: &'w World,
    cookies: String,
}

impl<'w> Person<'w> {
    /// Signs in.
    pub async fn signed_in(world: &'w World, username: &str) -> Self {
        let fields = [("username", username), ("password", PASSWORD)];
        let answer = world.submit("/sign-in", "", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        Self {
            world,
            cookies: answer.cookies(),
        }
    }

    /// What they send to be known again.
    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    /// A page, whatever its status.
    pub async fn reads(&self, path: &str) -> Answer {
        self.world.get(path, &[("cookie", &self.cookies)]).await
    }

    /// A page that is there.
    pub async fn sees(&self, path: &str) -> String {
        let answer = self.reads(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer.text
    }

    /// Fills in the form whose address ends with `tail` on a page, and posts it.
    pub async fn sends(&self, page: &str, tail: &str, typed: &[(&str, &str)]) -> Answer {
        let html = self.sees(page).await;
        let (action, mut fields) = form(&html, tail);
        fields.extend(
            typed
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.world.submit(&action, &self.cookies, &fields).await
    }

    /// As `sends`, and it is accepted; the cookies of the answer are kept.
    pub async fn does(&mut self, page: &str, tail: &str, typed: &[(&str, &str)]) -> String {
        let answer = self.sends(page, tail, typed).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{page} {tail}: {}",
            answer.text
        );
        let fresh = answer.cookies();
        if !fresh.is_empty() {
            self.cookies = format!("{}; {fresh}", self.cookies);
        }
        answer.header("location").to_owned()
    }
}

/// Address and hidden fields of the form whose address ends so; `decide#3-0` is the one with that mark.
pub fn form(html: &str, tail: &str) -> (String, Vec<(String, String)>) {
    let (tail, mark) = tail.split_once('#').unwrap_or((tail, ""));
    let marked = format!("name=\"form\" value=\"{mark}\"");
    let part = html
        .split("<form ")
        .skip(1)
        .find(|part| {
            let body = part.split("</form>").next().unwrap_or_default();
            attribute(part, "action").is_some_and(|action| action.ends_with(tail))
                && attribute(part, "method").as_deref() == Some("post")
                && (mark.is_empty() || body.contains(&marked))
        })
        .unwrap_or_else(|| panic!("no form for {tail} on the page"));
    let action = attribute(part, "action").expect("a form has an address");
    let body = part.split("</form>").next().unwrap_or_default();
    let hidden = body
        .split("<input ")
        .filter(|input| input.starts_with("type=\"hidden\""))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)));
    (action, hidden.collect())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split(&format!("{name}=\"")).nth(1)?;
    rest.split('"').next().map(str::to_owned)
}
