//! The signs inside shapes, as paths of a 16 × 16 field. Own drawings after the figures of BPMN 2.0, annex B.
//! Next: `draw`.

/// The path of a sign; stroked, and filled as well where an event throws.
pub fn path(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "user" => "M8 8.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14.5c.4-3.4 2.6-5 5.5-5s5.1 1.6 5.5 5z",
        "service" => {
            "M8 5.200a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.600zM8 1.500v2M8 12.500v2M1.5 8h2M12.5 8h2M3.4 3.400l1.4 1.400M11.2 11.200l1.4 1.400M12.6 3.400l-1.4 1.400M4.8 11.200l-1.4 1.4"
        }
        "send" | "receive" | "message" => "M1.5 3.500h13v9h-13zM1.5 3.500l6.5 5 6.5-5",
        "script" => {
            "M4 1.500h8.500c-2 2-2 4.5 0 6.500s2 4.5 0 6.500H4c2-2 2-4.5 0-6.500s-2-4.5 0-6.500zM6 4.800h4M6.6 8h4M6 11.200h4"
        }
        "manual" => {
            "M1.5 9V6.500c0-1 .7-1.8 1.7-2L8 3.300c1.2-.2 1.4 1.3.3 1.700L6.5 5.600h6.700c1.4 0 1.4 1.9 0 1.900h1c1.2 0 1.2 1.8 0 1.800h-.8c1.1 0 1.1 1.7 0 1.700h-1c1 0 1 1.6 0 1.600H5.200c-2.2 0-3.7-1.4-3.7-3.600z"
        }
        "rule" => "M1.5 2.500h13v11h-13zM1.5 6h13M1.5 9.800h13M5.5 6v7.5",
        "exclusive" => "M4 4l8 8M12 4l-8 8",
        "parallel" => "M8 2v12M2 8h12",
        "inclusive" => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z",
        "complex" => "M8 2v12M2 8h12M3.8 3.800l8.4 8.400M12.2 3.800l-8.4 8.4",
        "event" => {
            "M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.500l3.6 2.6-1.4 4.200H5.800L4.4 7.100z"
        }
        "several" => "M8 2.500l5.7 4.2-2.2 6.800h-7L2.3 6.700z",
        "timer" => "M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4v4l3 2",
        "signal" => "M8 2l6 11H2z",
        "error" => "M2.5 13.500L6 3.500l3.5 5 4-6-3.5 10-3.5-5z",
        "escalation" => "M8 2l4.5 12L8 9.5 3.5 14z",
        "condition" => "M3 1.500h10v13H3zM5 4.500h6M5 7h6M5 9.500h6M5 12h6",
        "terminate" => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z",
        "cancel" => {
            "M3.5 2L8 6.5 12.5 2 14 3.5 9.5 8l4.5 4.5-1.5 1.500L8 9.5 3.5 14 2 12.5 6.5 8 2 3.500z"
        }
        "undo" | "undoes" => "M8 3.500v9L2 8zM14 3.500v9L8 8z",
        "link" => "M2 6h6.500V3L14 8l-5.5 5v-3H2z",
        "at-once" => "M4 2.500v11M8 2.500v11M12 2.500v11",
        "sequential" => "M2.5 4h11M2.5 8h11M2.5 12h11",
        "loop" => "M10.5 12.600A5.5 5.5 0 1 0 5 12.200M5 12.200V9M5 12.200H2",
        "ad-hoc" => "M2 9c1.5-3 3.5-3 6-1s4.5 2 6-1",
        "closed" => "M2.5 2.500h11v11h-11zM8 5v6M5 8h6",
        _ => return None,
    })
}

/// Signs that stand at the lower edge of an activity.
pub fn is_below(sign: &str) -> bool {
    matches!(
        sign,
        "at-once" | "sequential" | "loop" | "undoes" | "ad-hoc" | "closed"
    )
}
