//! Passkeys: added, used after the password and as a proof, refused when anything of the answer is not as it was asked, removed, reset.
//! Not here: what a site is and how answers are read (beside `services::sessions::passkey`), the ceremony in a browser (journeys).
//! The authenticator is a few lines here: a key, a count, and what it believes of where it is.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use services::sessions::{self, SignedIn, factor, passkey};
use services::{Ctx, users};
use shared::access::{Held, Role, needs};
use shared::fault::{Code, Fault};

use super::factor::set;
use super::{PASSWORD, code, has_account, signs_in};
use crate::support::{World, on_each_database};

/// Where the world's installation is reached.
const ORIGIN: &str = "https://12345.example";
const SITE: &str = "12345.example";

/// A phone or a key for the table.
struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    count: u32,
    flags: u8,
    origin: &'static str,
    site: &'static str,
}

impl Device {
    fn new(id: u8) -> Self {
        Self {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key"),
            id: vec![id; 20],
            count: 0,
            flags: 0x05,
            origin: ORIGIN,
            site: SITE,
        }
    }

    /// Is as it was made again, and has signed so many times.
    fn forgets(&mut self, count: u32) {
        (self.origin, self.site, self.flags) = (ORIGIN, SITE, 0x05);
        (self.id, self.count) = (vec![7; 20], count);
    }

    fn data(&mut self, flags: u8) -> Vec<u8> {
        self.count += 1;
        let mut data = digest(&SHA256, self.site.as_bytes()).as_ref().to_vec();
        data.push(self.flags | flags);
        data.extend(self.count.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &str) -> Vec<u8> {
        let options: Value = serde_json::from_str(options).expect("JSON");
        let said = json!({
            "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false,
        });
        said.to_string().into_bytes()
    }

    /// Makes a passkey as it was asked.
    fn makes(&mut self, options: &str) -> String {
        let client = self.client("webauthn.create", options);
        let mut data = self.data(0x40);
        data.extend([0_u8; 16]);
        data.extend(u16::try_from(self.id.len()).expect("short").to_be_bytes());
        data.extend(&self.id);
        let point: &[u8] = self.key.public_key().as_ref();
        // The key as COSE: a map of kind, algorithm, curve and both coordinates.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        let der: PublicKeyX509Der<'_> = self.key.public_key().as_der().expect("a key");
        json!({"id": text(&self.id), "type": "public-key", "response": {
            "clientDataJSON": text(&client),
            "authenticatorData": text(&data),
            "publicKey": text(der.as_ref()),
            "publicKeyAlgorithm": -7,
        }})
        .to_string()
    }

    /// Signs as it was asked.
    fn signs(&mut self, options: &str) -> String {
        let client = self.client("webauthn.get", options);
        let data = self.data(0);
        let mut message = data.clone();
        message.extend_from_slice(digest(&SHA256, &client).as_ref());
        let signature = self
            .key
            .sign(&SystemRandom::new(), &message)
            .expect("signed");
        json!({"id": text(&self.id), "type": "public-key", "response": {
            "clientDataJSON": text(&client),
            "authenticatorData": text(&data),
            "signature": text(signature.as_ref()),
            "userHandle": null,
        }})
        .to_string()
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn ctx(world: &World, signed_in: &SignedIn) -> Ctx {
    Ctx {
        session: Some(signed_in.session),
        ..world.of(signed_in.actor.clone())
    }
}

/// Somebody who has signed in with the password.
async fn arrives(world: &World, username: &str) -> Ctx {
    let signed_in = signs_in(world, username, PASSWORD).await;
    ctx(world, &signed_in.expect("the password"))
}

/// Adds a device's passkey; the recovery codes that came.
async fn adds(own: &Ctx, device: &mut Device, name: &str) -> Vec<String> {
    let options = passkey::begin_add(own, name).await.expect("asked");
    let answer = device.makes(&options);
    passkey::finish_add(own, name, &answer)
        .await
        .expect("added")
}

/// The second step of signing in.
async fn comes_in(world: &World, username: &str, device: &mut Device) -> Result<SignedIn, Fault> {
    let half = arrives(world, username).await;
    let options = passkey::begin(&half).await?;
    passkey::second(&half, &device.signs(&options)).await
}

fn at_field<T: std::fmt::Debug>(result: Result<T, Fault>) -> Code {
    let fault = result.expect_err("it is refused");
    assert_eq!(fault.code, Code::InputInvalid, "{fault:?}");
    fault.fields[0].code
}

#[tokio::test]
async fn a_passkey_is_added_and_signs_in_once_for_each_question() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        set(&world, "handler").await;
        let own = arrives(&world, "wang").await;
        assert_eq!(own.actor.held, Some(Held::Enrolment));
        let mut phone = Device::new(7);
        let codes = adds(&own, &mut phone, "  办公室 电脑 ").await;
        assert_eq!(codes.len(), 10, "with the first factor");
        let view = factor::own(&own).await.expect("shown");
        assert!(view.passkeys_work && view.since.is_none() && view.codes_left == 10);
        assert_eq!(view.passkeys[0].name, "办公室 电脑");
        assert_eq!(view.passkeys[0].used_at, None);

        let half = arrives(&world, "wang").await;
        assert_eq!(half.actor.held, Some(Held::Factor));
        let ways = factor::ways(&half).await.expect("told");
        assert!(ways.passkey && !ways.app);
        assert_eq!(
            code(passkey::begin_add(&half, "").await),
            Code::FactorNeeded
        );
        let options = passkey::begin(&half).await.expect("asked");
        let answer = phone.signs(&options);
        let whole = passkey::second(&half, &answer).await.expect("signed in");
        assert_eq!(whole.actor.held, None, "what the post asks for is there");
        assert!(ctx(&world, &whole).ask(needs::TICKETS).is_ok());
        assert_ne!(Some(whole.session), half.session);
        let view = factor::own(&ctx(&world, &whole)).await.expect("shown");
        assert_eq!(view.passkeys[0].used_at, Some(world.services.now()));

        // The same answer once more, in another session and after another question.
        let half = arrives(&world, "wang").await;
        passkey::begin(&half).await.expect("asked");
        assert_eq!(
            at_field(passkey::second(&half, &answer).await),
            Code::PasskeyLate
        );
        factor::second(&half, &codes[3])
            .await
            .expect("a recovery code");
        assert_eq!(world.audited("user.passkey").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_not_what_was_asked_is_refused() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        has_account(&world, "lisi", &[Role::Agent]).await;
        let mut phone = Device::new(7);
        adds(&arrives(&world, "wang").await, &mut phone, "").await;
        let mut other = Device::new(8);
        adds(&arrives(&world, "lisi").await, &mut other, "").await;
        let mut refused = async |change: fn(&mut Device), expected: Code| {
            let count = phone.count;
            change(&mut phone);
            let told = comes_in(&world, "wang", &mut phone).await;
            assert_eq!(at_field(told), expected);
            phone.forgets(count + 1);
            comes_in(&world, "wang", &mut phone)
                .await
                .expect("as asked");
        };
        refused(|it| it.origin = "https://evil.example", Code::PasskeyOrigin).await;
        refused(|it| it.origin = "http://12345.example", Code::PasskeyOrigin).await;
        refused(|it| it.site = "example", Code::PasskeyOrigin).await;
        refused(|it| it.flags = 0, Code::PasskeyWrong).await;
        refused(|it| it.count = 0, Code::PasskeyCopied).await;
        refused(|it| it.id = vec![8; 20], Code::PasskeyUnknown).await;
    })
    .await;
}

#[tokio::test]
async fn a_question_is_answered_in_its_session_in_time_and_by_the_right_key() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let mut phone = Device::new(7);
        adds(&arrives(&world, "wang").await, &mut phone, "").await;
        // Another key under the same name.
        let mut forged = Device::new(7);
        forged.count = 50;
        let told = comes_in(&world, "wang", &mut forged).await;
        assert_eq!(at_field(told), Code::PasskeyWrong);
        // Too late.
        let half = arrives(&world, "wang").await;
        let options = passkey::begin(&half).await.expect("asked");
        world.clock.advance_minutes(5);
        let told = passkey::second(&half, &phone.signs(&options)).await;
        assert_eq!(at_field(told), Code::PasskeyLate);
        // Asked in another session, and asked for something else.
        let (one, two) = (arrives(&world, "wang").await, arrives(&world, "wang").await);
        let options = passkey::begin(&one).await.expect("asked");
        passkey::begin(&two).await.expect("asked");
        let answer = phone.signs(&options);
        assert_eq!(
            at_field(passkey::second(&two, &answer).await),
            Code::PasskeyLate
        );
        assert_eq!(
            at_field(passkey::second(&one, "{}").await),
            Code::PasskeyWrong
        );
        passkey::second(&one, &answer).await.expect("its own");
        assert_eq!(
            at_field(passkey::second(&one, &answer).await),
            Code::PasskeyLate
        );
    })
    .await;
}

#[tokio::test]
async fn five_wrong_answers_lock_codes_as_well() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let mut phone = Device::new(7);
        let codes = adds(&arrives(&world, "wang").await, &mut phone, "").await;
        let half = arrives(&world, "wang").await;
        for _ in 0..4 {
            assert_eq!(
                at_field(passkey::second(&half, "x").await),
                Code::PasskeyWrong
            );
        }
        assert_eq!(
            at_field(factor::second(&half, "000000").await),
            Code::FactorWrong
        );
        let options = passkey::begin(&half).await.expect("asked");
        let answer = phone.signs(&options);
        assert_eq!(
            code(passkey::second(&half, &answer).await),
            Code::SignInLocked
        );
        assert_eq!(
            code(factor::second(&half, &codes[0]).await),
            Code::SignInLocked
        );
        assert!(!world.audited("session.second").await.is_empty());
        world.clock.advance_minutes(16);
        comes_in(&world, "wang", &mut phone)
            .await
            .expect("signed in");
    })
    .await;
}

#[tokio::test]
async fn more_of_them_ask_for_a_proof_and_a_removed_one_is_dead() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        set(&world, "handler").await;
        let (mut phone, mut stick) = (Device::new(7), Device::new(8));
        adds(&arrives(&world, "wang").await, &mut phone, "手机").await;
        let whole = comes_in(&world, "wang", &mut phone)
            .await
            .expect("signed in");
        let own = ctx(&world, &whole);
        let mut stale = own.clone();
        stale.actor.fresh = false;
        for told in [
            passkey::begin_add(&stale, "U盾").await.map(drop),
            factor::begin(&stale).await,
        ] {
            assert_eq!(code(told), Code::ProofNeeded);
        }
        let options = passkey::begin(&stale).await.expect("asked");
        passkey::prove(&stale, &phone.signs(&options))
            .await
            .expect("proved");
        let twice = passkey::prove(&stale, &phone.signs(&options)).await;
        assert_eq!(at_field(twice), Code::PasskeyLate);
        world.clock.advance_minutes(1);
        assert!(
            adds(&own, &mut stick, "U盾").await.is_empty(),
            "the codes stay"
        );
        let again = passkey::begin_add(&own, "").await.expect("asked");
        let told = passkey::finish_add(&own, "", &stick.makes(&again)).await;
        assert_eq!(at_field(told), Code::PasskeyTaken);

        let keys = factor::own(&own).await.expect("shown").passkeys;
        assert_eq!(keys.len(), 2);
        passkey::rename(&own, keys[1].id, "备用")
            .await
            .expect("named");
        let empty = passkey::rename(&own, keys[1].id, " ").await;
        assert_eq!(at_field(empty), Code::InputRequired);
        assert_eq!(
            code(passkey::remove(&stale, keys[0].id).await),
            Code::ProofNeeded
        );
        has_account(&world, "lisi", &[Role::Agent]).await;
        let stranger = arrives(&world, "lisi").await;
        for told in [
            passkey::remove(&stranger, keys[0].id).await,
            passkey::rename(&stranger, keys[0].id, "x").await,
        ] {
            assert_eq!(code(told), Code::NotFound);
        }
        passkey::remove(&own, keys[0].id).await.expect("removed");
        let told = comes_in(&world, "wang", &mut phone).await;
        assert_eq!(at_field(told), Code::PasskeyUnknown);
        let whole = comes_in(&world, "wang", &mut stick)
            .await
            .expect("the other");
        let own = ctx(&world, &whole);
        let view = factor::own(&own).await.expect("shown");
        assert_eq!(
            (view.passkeys[0].name.as_str(), view.codes_left),
            ("备用", 10)
        );
        passkey::remove(&own, keys[1].id).await.expect("removed");
        let led = arrives(&world, "wang").await;
        assert_eq!(led.actor.held, Some(Held::Enrolment), "to be set up anew");
        assert_eq!(factor::own(&led).await.expect("shown").codes_left, 0);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_resets_passkeys_too() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let mut phone = Device::new(7);
        let codes = adds(&arrives(&world, "wang").await, &mut phone, "").await;
        let whole = comes_in(&world, "wang", &mut phone)
            .await
            .expect("signed in");
        let half = arrives(&world, "wang").await;
        let options = passkey::begin(&half).await.expect("asked");
        let owner = Ctx::system(&world.services);
        assert!(
            users::sheet(&owner, "wang")
                .await
                .expect("shown")
                .has_factor
        );
        factor::reset_of(&owner, "wang").await.expect("reset");
        assert!(
            !users::sheet(&owner, "wang")
                .await
                .expect("shown")
                .has_factor
        );
        assert_eq!(
            code(sessions::authenticate(&world.services, &whole.access_token).await),
            Code::SignedOut
        );
        let told = passkey::second(&half, &phone.signs(&options)).await;
        assert_eq!(at_field(told), Code::PasskeyLate);
        let free = arrives(&world, "wang").await;
        assert_ne!(free.actor.held, Some(Held::Factor), "nothing is asked");
        assert_eq!(at_field(passkey::begin(&free).await), Code::PasskeyUnknown);
        assert_eq!(
            code(factor::second(&free, &codes[0]).await),
            Code::AccessDenied
        );
        assert_eq!(
            code(factor::reset_of(&owner, "wang").await),
            Code::FactorState
        );
    })
    .await;
}
