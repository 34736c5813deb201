//! What a ring opens after its keys were renewed, changed to the other provider, or wrapped.
//! Not here: the algorithms (`crypto::trial`).

use std::os::unix::fs::PermissionsExt as _;

use super::KeyRing;
use crate::seal::Seal;
use crate::seal::crypto::Provider;
use crate::seal::service::{CommandService, FileService, KeyService};

fn opens(seal: &Seal, key: &str, sealed: &[u8]) -> bool {
    seal.open(key, "tickets.citizen", b"row", sealed)
        .is_ok_and(|plain| plain == "张三".as_bytes())
}

fn sealed(seal: &Seal) -> Vec<u8> {
    seal.seal("tickets.citizen", b"row", "张三".as_bytes())
        .expect("sealed")
}

#[test]
fn values_of_both_providers_are_read_side_by_side() {
    for (from, to) in [
        (Provider::International, Provider::Sm),
        (Provider::Sm, Provider::International),
        (Provider::Sm, Provider::Sm),
    ] {
        let mut ring = KeyRing::fresh(from).expect("keys");
        let before = ring.seal().expect("ready");
        let old = sealed(&before);
        let (signer, signature) = before.sign_audit(b"head");
        ring.renew_all(to).expect("renewed");
        let after = ring.seal().expect("ready");
        assert_eq!((before.provider(), after.provider()), (from, to));
        assert_ne!(before.key_id(), after.key_id());
        assert!(opens(&after, before.key_id(), &old), "{from:?} {to:?}");
        let new = sealed(&after);
        assert!(opens(&after, after.key_id(), &new));
        assert!(!opens(&after, before.key_id(), &new));
        assert!(!opens(&before, after.key_id(), &new), "no such key");
        assert_eq!(after.provider_of(before.key_id()), Some(from));
        assert_eq!(after.provider_of(after.key_id()), Some(to));
        let hashes = after.hashes("phone", "13800138000");
        assert_eq!(hashes[0], after.phone_hash("13800138000"));
        assert_eq!(hashes[1], before.phone_hash("13800138000"));
        assert_eq!((hashes.len(), after.generations()), (2, 2));
        assert!(after.audit_signature_holds(&signer, b"head", &signature));
        let (signer, signature) = after.sign_audit(b"head");
        assert!(after.audit_signature_holds(&signer, b"head", &signature));
        assert!(!before.audit_signature_holds(&signer, b"head", &signature));
        let lacking = |mark: &crate::KeyMark| !after.marks().contains(mark);
        assert!(!before.marks().iter().any(lacking), "older keys stay");
    }
}

#[test]
fn a_renewed_data_key_leaves_the_others() {
    for provider in Provider::ALL {
        let mut ring = KeyRing::fresh(provider).expect("keys");
        let before = ring.seal().expect("ready");
        ring.renew_data().expect("renewed");
        let after = ring.seal().expect("ready");
        assert!(opens(&after, before.key_id(), &sealed(&before)));
        assert_eq!(after.provider(), provider);
        assert_eq!(after.lookup_id(), before.lookup_id());
        assert_eq!(after.session_key(), before.session_key());
        assert_eq!(after.marks().len(), before.marks().len() + 1);
    }
}

#[test]
fn a_file_is_replaced_whole_and_read_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("keys.json");
    let mut ring = KeyRing::fresh(Provider::International).expect("keys");
    ring.write_new(&path).expect("written");
    let text = std::fs::read_to_string(&path).expect("reads");
    assert!(!text.contains("provider"), "the form of before: {text}");
    assert!(ring.write_new(&path).is_err(), "it is there already");
    ring.renew_all(Provider::Sm).expect("renewed");
    std::fs::write(dir.path().join("keys.json.renewed"), "half").expect("writes");
    ring.replace(&path).expect("replaced");
    let mode = std::fs::metadata(&path).expect("there").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    let read = KeyRing::read(&path, None).expect("reads");
    let (read, own) = (read.seal().expect("ready"), ring.seal().expect("ready"));
    assert_eq!(read.marks(), own.marks());
    assert_eq!(std::fs::read_dir(dir.path()).expect("reads").count(), 1);
}

#[test]
fn a_wrapped_file_opens_with_its_service_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("keys.json");
    for provider in Provider::ALL {
        let place = dir.path().join(provider.code());
        let service = FileService::at(&place);
        service.make(provider).expect("made");
        service.make(provider).expect("stays");
        let wrapped = service.fresh().expect("a key");
        let mut ring = KeyRing::fresh(provider).expect("keys");
        ring.wrap(wrapped.clone(), &service).expect("wraps");
        ring.write_new(&path).expect("written");
        let text = std::fs::read_to_string(&path).expect("reads");
        assert!(!text.contains("lookup"), "nothing lies in the clear");
        let clear = KeyRing::read(&path, None).err().expect("refused");
        assert!(clear.to_string().contains("crypto.key-command"), "{clear}");
        let read = KeyRing::read(&path, Some(&service)).expect("opens");
        assert!(read.is_wrapped());
        let marks = ring.seal().expect("ready").marks().to_vec();
        assert_eq!(read.seal().expect("ready").marks(), marks);
        let key = service.unwrapped(&wrapped).expect("unwraps");
        let key = crate::seal::file::encode(&key);
        let command = ["sh", "-c", &format!("cat >/dev/null; echo {key}")];
        let command = CommandService::new(command.map(str::to_owned).to_vec());
        let mut read = KeyRing::read(&path, Some(&command)).expect("opens");
        read.lay_open();
        read.replace(&path).expect("written");
        assert!(KeyRing::read(&path, None).is_ok(), "in the clear again");
        std::fs::remove_file(&path).expect("there");
    }
}

#[test]
fn a_service_that_gives_no_key_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("keys.json");
    let service = FileService::at(&dir.path().join("own"));
    service.make(Provider::International).expect("made");
    let mut ring = KeyRing::fresh(Provider::International).expect("keys");
    let wrapped = service.fresh().expect("a key");
    ring.wrap(wrapped, &service).expect("wraps");
    ring.write_new(&path).expect("written");
    for (command, words) in [
        (vec!["false"], "ended with"),
        (vec!["echo", "short"], "base64"),
        (vec!["echo", "c2hvcnQ="], "right length"),
        (
            vec!["echo", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],
            "another key",
        ),
        (vec!["/nowhere/at/all"], "/nowhere/at/all"),
        (vec![], "no program"),
    ] {
        let command = command.into_iter().map(str::to_owned).collect();
        let command = CommandService::new(command);
        let refused = KeyRing::read(&path, Some(&command)).err();
        let refused = refused.expect("refused").to_string();
        assert!(refused.contains(words), "{refused}");
    }
    let other = FileService::at(&dir.path().join("other"));
    other.make(Provider::International).expect("made");
    assert!(KeyRing::read(&path, Some(&other)).is_err());
}
