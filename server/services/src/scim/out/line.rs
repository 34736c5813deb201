//! A linked platform and the way to it: SCIM 2.0 over HTTPS with a bearer token. Ten seconds for each answer, nothing is followed elsewhere,
//! no proxy of other programs is used.
//! Not here: what is told (`push`), what is compared (`drift`). Never called inside a transaction.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Context as _;
use reqwest::{Method, StatusCode, Url};
use serde_json::Value;

use super::super::PATCH;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer at most: a page of users.
const ANSWER: usize = 2 << 20;

/// A platform that hears of our accounts.
#[derive(Clone)]
pub struct Platform {
    /// Its code, in pushes and in the audit.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Sign-in name of who answers for it here.
    pub owner: String,
    url: Url,
    token: String,
    client: reqwest::Client,
}

impl std::fmt::Debug for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Platform")
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

/// A user as a platform has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct There {
    /// Whether it works.
    pub works: bool,
    /// Codes of its roles; absent where the platform says nothing of roles.
    pub roles: Option<BTreeSet<String>>,
}

/// Why a platform has not taken what it was told, as its receipt has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No answer in time, or none that can be read.
    Away,
    /// It answered so.
    Said(StatusCode),
}

impl Trouble {
    /// As the receipt has it.
    pub(super) fn receipt(&self) -> String {
        match self {
            Self::Away => "away".to_owned(),
            Self::Said(status) => status.as_u16().to_string(),
        }
    }
}

impl Platform {
    /// The platform at an address, below which `Users` lies; plain HTTP is for this machine only.
    ///
    /// # Errors
    /// Words for the administrator, without the token.
    pub fn new(
        (code, name, owner): (&str, &str, &str),
        url: &str,
        token: String,
    ) -> anyhow::Result<Self> {
        let mut url = Url::parse(url).context("it is no address")?;
        let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        anyhow::ensure!(
            url.scheme() == "https" || (url.scheme() == "http" && is_here),
            "it must begin with https://"
        );
        anyhow::ensure!(url.query().is_none(), "it must have no query");
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .context("the client cannot be made")?;
        Ok(Self {
            code: code.to_owned(),
            name: name.to_owned(),
            owner: owner.to_owned(),
            url,
            token,
            client,
        })
    }

    /// Asks something; status and JSON of the answer.
    async fn ask(
        &self,
        method: Method,
        (path, query): (&str, &[(&str, &str)]),
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), Trouble> {
        let away = |error: anyhow::Error| {
            tracing::debug!(platform = %self.code, cause = format!("{error:#}"), "a linked platform");
            Trouble::Away
        };
        let mut url = self
            .url
            .join(path)
            .map_err(|error| away(anyhow::Error::new(error)))?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let mut request = self
            .client
            .request(method, url)
            .bearer_auth(&self.token)
            .header("accept", "application/scim+json");
        if let Some(body) = body {
            request = request
                .header("content-type", "application/scim+json")
                .body(body.to_string());
        }
        let failed = |error: reqwest::Error| away(anyhow::Error::new(error.without_url()));
        let mut answer = request.send().await.map_err(failed)?;
        let status = answer.status();
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(failed)? {
            if bytes.len() + part.len() > ANSWER {
                return Err(away(anyhow::anyhow!("its answer is too long")));
            }
            bytes.extend_from_slice(&part);
        }
        Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    /// The platform's id of the user with this name.
    pub(super) async fn find(&self, username: &str) -> Result<Option<String>, Trouble> {
        let filter = format!("userName eq {}", Value::from(username));
        let query = [("filter", filter.as_str())];
        let (status, body) = self.ask(Method::GET, ("Users", &query), None).await?;
        if status != StatusCode::OK {
            return Err(Trouble::Said(status));
        }
        Ok(body["Resources"][0]["id"].as_str().map(str::to_owned))
    }

    /// Makes a user.
    pub(super) async fn make(&self, user: &Value) -> Result<StatusCode, Trouble> {
        taken(self.ask(Method::POST, ("Users", &[]), Some(user)).await?.0)
    }

    /// Puts a user instead of what was.
    pub(super) async fn put(&self, id: &str, user: &Value) -> Result<StatusCode, Trouble> {
        let path = path_of(id);
        taken(self.ask(Method::PUT, (&path, &[]), Some(user)).await?.0)
    }

    /// Stops a user there.
    pub(super) async fn stop(&self, id: &str) -> Result<StatusCode, Trouble> {
        let body = serde_json::json!({
            "schemas": [PATCH],
            "Operations": [{"op": "replace", "path": "active", "value": false}],
        });
        let path = path_of(id);
        taken(self.ask(Method::PATCH, (&path, &[]), Some(&body)).await?.0)
    }

    /// Takes a user away.
    pub(super) async fn remove(&self, id: &str) -> Result<StatusCode, Trouble> {
        let path = path_of(id);
        match self.ask(Method::DELETE, (&path, &[]), None).await?.0 {
            StatusCode::NOT_FOUND => Ok(StatusCode::NOT_FOUND),
            status => taken(status),
        }
    }

    /// A page of its users, from 1: each with its name, and how many there are.
    pub(super) async fn users(
        &self,
        start: usize,
    ) -> Result<(Vec<(String, There)>, usize), Trouble> {
        let start = start.to_string();
        let query = [("startIndex", start.as_str()), ("count", "100")];
        let (status, body) = self.ask(Method::GET, ("Users", &query), None).await?;
        if status != StatusCode::OK {
            return Err(Trouble::Said(status));
        }
        let total = body["totalResults"].as_u64().ok_or(Trouble::Away)?;
        let resources = body["Resources"].as_array().cloned().unwrap_or_default();
        let users = resources.iter().filter_map(|user| {
            let name = user["userName"].as_str()?.to_lowercase();
            // What is not said is active (RFC 7643, 4.1.1 leaves it to the provider).
            let works = user["active"].as_bool().unwrap_or(true);
            let roles = user["roles"].as_array().map(|roles| codes(roles));
            Some((name, There { works, roles }))
        });
        Ok((users.collect(), usize::try_from(total).unwrap_or_default()))
    }
}

/// Codes of roles as a user has them: each is an object with its value, or the code alone.
fn codes(roles: &[Value]) -> BTreeSet<String> {
    let code = |role: &Value| role["value"].as_str().or(role.as_str()).map(str::to_owned);
    roles.iter().filter_map(code).collect()
}

/// Whether it took it.
fn taken(status: StatusCode) -> Result<StatusCode, Trouble> {
    if status.is_success() {
        Ok(status)
    } else {
        Err(Trouble::Said(status))
    }
}

/// The path of a user: its id comes from elsewhere.
fn path_of(id: &str) -> String {
    let mut path = "Users/".to_owned();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.push_str(&hex::encode_upper([byte]));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_travel_sealed_or_not_at_all_and_ids_stay_in_their_place() {
        let made = |url: &str| Platform::new(("oa", "OA", "root"), url, String::new());
        for good in ["https://oa.example.cn/scim/v2", "http://127.0.0.1:4600/"] {
            assert!(made(good).is_ok(), "{good}");
        }
        for bad in [
            "http://oa.example.cn/scim",
            "ftp://oa",
            "https://oa.cn/?a",
            "",
        ] {
            assert!(made(bad).is_err(), "{bad}");
        }
        assert_eq!(path_of("7/../a"), "Users/7%2F%2E%2E%2Fa");
    }
}
