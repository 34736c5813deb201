//! Citizens who sign in by a code: what a code is good for, what stands in their list, and what a stranger learns (nothing).
//! The telephone is the folder into which an installation without a gateway puts its messages.

mod codes;
mod mandates;
mod me_too;
mod own_data;
mod requests;
mod wishes;

use services::citizens::{self, SignedIn};
use services::{Ctx, gateway, jobs};
use shared::citizen::{AskCode, CitizenSignIn};
use shared::command::Ticked;
use shared::fault::{Code, Fault};

use crate::support::{World, said};

/// The contact of `a_complaint`.
pub const PHONE: &str = "13812345678";

pub fn asking(phone: &str) -> AskCode {
    AskCode { phone: said(phone) }
}

pub fn signing(phone: &str, code: &str) -> CitizenSignIn {
    CitizenSignIn {
        phone: said(phone),
        sms_code: said(code),
        agree: Ticked(true),
    }
}

pub fn code_of(fault: &Fault) -> Code {
    fault.fields.first().map_or(fault.code, |at| at.code)
}

/// Another code than this one.
pub fn not(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

impl World {
    /// What came to a telephone, the oldest first.
    pub async fn messages_to(&self, phone: &str) -> Vec<String> {
        let job = jobs::JOBS.iter().find(|job| job.name == "deliver");
        let sent = job.expect("the job").once(&self.services).await;
        sent.expect("it runs");
        let folder = gateway::messages_folder(&self.services.config().data_dir);
        let mut found = Vec::new();
        for day in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            for file in std::fs::read_dir(day.path()).expect("a day").flatten() {
                let text = std::fs::read(file.path()).expect("a message");
                let message: serde_json::Value = serde_json::from_slice(&text).expect("json");
                if message["to"] == phone {
                    let body = message["body"].as_str().expect("text").to_owned();
                    found.push((message["at"].to_string(), file.file_name(), body));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, _, body)| body).collect()
    }

    /// The code that came to a telephone last.
    pub async fn code_at(&self, phone: &str) -> String {
        let messages = self.messages_to(phone).await;
        let with_code = |body: &&String| body.contains("登录验证码");
        let last = messages.iter().rev().find(with_code).expect("a code came");
        let digits: String = last
            .split("登录验证码")
            .nth(1)
            .expect("what follows")
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        assert_eq!(digits.len(), 6, "{last}");
        digits
    }

    /// Asks for a code and signs in with it.
    pub async fn signs_in(&self, phone: &str) -> SignedIn {
        let visitor = self.visitor();
        citizens::ask(&visitor, asking(phone))
            .await
            .expect("a code is sent");
        let code = self.code_at(phone).await;
        citizens::sign_in(&visitor, signing(phone, &code))
            .await
            .expect("the code is right")
    }

    /// A call with a token; a visitor's when it is none.
    pub async fn with_token(&self, token: &str) -> Ctx {
        let mut ctx = self.visitor();
        let known = citizens::authenticate(&self.services, token).await;
        if let Some(known) = known.expect("the store answers") {
            ctx.of_citizen(known);
        }
        ctx
    }

    /// A citizen who has signed in.
    pub async fn citizen(&self, phone: &str) -> Ctx {
        let signed_in = self.signs_in(phone).await;
        self.with_token(&signed_in.token).await
    }
}
