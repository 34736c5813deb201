//! What is sent to entrances that are no verbs on cases: lists of an office, accounts, roles and posts, teams, processes, findings, requests
//! for data, saved views, messages that came in.
//! Not here: the call itself and everything else that is sent (`calls`).
//! About nobody, or in a stale version, so that nothing changes.

use serde_json::{Value, json};

pub(super) fn of_list(path: &str) -> Option<Value> {
    if !path.contains("registers") && !path.contains("office/lists") {
        return None;
    }
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "rows" => json!({"version": 99, "cells": {}}),
        "remove" | "undo" => json!({"version": 99, "key": "none"}),
        "table" => json!({"version": 99, "text": "from,to"}),
        "discard" | "hand-on" | "publish" | "replay" => json!({"version": 99}),
        "take-back" | "restore" => json!({"revision": 99}),
        "ask-reading" => json!({"revision": 99, "note": "请阅知"}),
        _ => json!({}),
    })
}

/// What is sent about accounts: about nobody, or in a stale version.
pub(super) fn of_life(path: &str) -> Option<Value> {
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "account-requests" | "new" if path.contains("account-requests") => {
            json!({"kind": "freeze", "username": "nobody", "reason": "长期病假"})
        }
        "decide" if path.contains("account-requests") => json!({"version": 99, "agrees": true}),
        "withdraw" if path.contains("account-requests") => json!({"version": 99}),
        "decide" if path.contains("mandates") => json!({"version": 99, "agrees": true}),
        "decide" if path.contains("/wishes/") => json!({"version": 99, "agrees": true}),
        "correction" | "correct" if path.contains("/citizen/") || path.starts_with("/me/") => {
            json!({"name": "王建国", "reason": "姓名写错了"})
        }
        "erasure" | "erase" if path.contains("/citizen/") || path.starts_with("/me/") => {
            json!({"reason": "不再需要"})
        }
        "end" if path.contains("/mandates/") => {
            json!({"version": 99, "reason": "委托已撤销"})
        }
        "freeze" => json!({"version": 99, "reason": "手机遗失"}),
        "import" => json!({"text": "from,to"}),
        "stand-ins" => json!({"username": "nobody", "from": "2026-03-02", "until": "2026-03-04"}),
        "answer" if path.contains("reviews") => json!({"answers": []}),
        _ => return None,
    })
}

/// Roles and posts: shipped roles are not changed, and what is not there is given to nobody.
pub(super) fn of_rights(path: &str) -> Option<Value> {
    let is_form = path.starts_with("/office/roles") || path.starts_with("/office/people");
    if !is_form && !path.contains("/roles") && !path.contains("/posts") {
        return None;
    }
    let role = json!({"code": "trial_role", "name": "试用", "grants": "ticket.view:own"});
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "copy" => json!({"code": "trial_copy", "name": "试用"}),
        "stop" => json!({"stopped": true, "version": 99}),
        "give" | "posts" => json!({"role": "nobody_knows"}),
        "end" | "resume" => json!({}),
        _ if is_form => {
            json!({"code": "trial_role", "name": "试用", "may.ticket.view": "own", "version": 99})
        }
        "roles" => role,
        _ => json!({"role": role, "version": 99}),
    })
}

/// Teams: of a unit that is none, and of nobody.
pub(super) fn of_team(path: &str) -> Option<Value> {
    if !path.contains("/teams") {
        return None;
    }
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "rename" => json!({"name": "夜班", "version": 99}),
        "end" if path.contains("members") => json!({}),
        "end" => json!({"version": 99}),
        "join" | "members" => json!({"username": "nobody"}),
        _ => json!({"unit": "nowhere", "name": "夜班"}),
    })
}

/// SCIM: a person of no unit, and a patch of nobody.
pub(super) fn of_scim(path: &str) -> Option<Value> {
    if path.contains("/platforms/") {
        return Some(json!({}));
    }
    if !path.starts_with("/scim/") {
        return None;
    }
    let patch = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    Some(json!({
        "schemas": [patch],
        "userName": "zhao.xin",
        "Operations": [{"op": "replace", "path": "active", "value": true}],
    }))
}

pub(super) fn of_process(path: &str) -> Option<Value> {
    if !path.contains("processes") {
        return None;
    }
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "events" => json!({"kind": "signal", "name": "none"}),
        "activate" | "withdraw" | "retrace" => json!({}),
        "activate-part" => json!({"area": "320106"}),
        "withdraw-part" => json!({"activation": "01900000-0000-7000-8000-000000000000"}),
        "migrate" => json!({"from": 98, "to": 99}),
        "undo" => json!({"migration": "01900000-0000-7000-8000-000000000000"}),
        _ => json!({"xml": "<definitions/>"}),
    })
}

/// What is said about a finding.
pub(super) fn of_finding(path: &str) -> Option<Value> {
    if path.contains("audit") && path.ends_with("questions") {
        return Some(json!({"name": "夜间查看", "query": "question=off_hours"}));
    }
    if path.contains("audit") && path.ends_with("/dismiss") {
        return Some(json!({"reason": "夜班值守，已核对。"}));
    }
    let is_one = path.contains("/quality/") || path.contains("/findings/");
    match path.rsplit('/').next().filter(|_| is_one)? {
        "fix" => Some(json!({"note": "号码已与诉求人核对并改正。"})),
        "dismiss" => Some(json!({"reason": "号码是诉求人单位的总机。"})),
        "decide" => Some(json!({"agreed": true})),
        _ => None,
    }
}

/// Requests for data: one that can be asked for, and a word on one that is not there.
pub(super) fn of_data(path: &str) -> Option<Value> {
    if path.contains("warnings") && path.ends_with("/answer") {
        return Some(json!({"word": "已查明原因"}));
    }
    if !path.contains("/data-requests") {
        return None;
    }
    Some(match path.rsplit('/').next()? {
        "decide" => json!({"agreed": false, "reason": "用途不明"}),
        "data-requests" => {
            json!({"purpose": "向市政府报送专题分析", "query": "show=accepted&by=city", "until": "2026-03-20"})
        }
        _ => json!({}),
    })
}

/// Saved views: an own one, and one that is nobody's.
pub(super) fn of_view(path: &str) -> Option<Value> {
    if path.ends_with("/persons") {
        return Some(
            json!({"key": "phone", "value": "13900139000", "reason": "核对来电人的诉求", "query": ""}),
        );
    }
    if path == "/api/v1/board" {
        return Some(json!({"kind": "view", "subject": "00000000-0000-0000-0000-000000000000"}));
    }
    if path.contains("/phrases") {
        let mut phrase = json!({"name": "核实中", "words": "您反映的问题已收到，正在核实。", "purpose": "reply", "shared": "nobody"});
        if path.contains("/{id}") {
            phrase["version"] = json!(99);
        }
        return Some(phrase);
    }
    if !path.contains("/views") {
        return None;
    }
    let (name, shared) = ("我的视图", "nobody");
    Some(match path {
        "/api/v1/views" => json!({"name": name, "query": "kind=help", "shared": shared}),
        "/api/v1/views/{id}" => json!({"name": name, "shared": shared, "version": 99}),
        _ if path.ends_with("/follow") => json!({"rhythm": "daily"}),
        _ => json!({"name": name, "query": "kind=help", "shared": shared, "version": 99}),
    })
}

/// What is done with a message that came in.
pub(super) fn of_incoming(path: &str) -> Option<Value> {
    if !path.contains("/incoming/") {
        return None;
    }
    match path.rsplit('/').next()? {
        "link" => Some(json!({"ticket_no": "3201002026030201999999"})),
        "dismiss" => Some(json!({"reason": "spam"})),
        _ => None,
    }
}
