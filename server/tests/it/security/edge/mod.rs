//! Attacks on the edge: headers that others would have to set, addresses of other machines, what every answer carries, lines of the log, partners.
//! Deliberately absent: slow and endless requests (`listening`, `bodies`); a gateway that is away (`gateway`).

mod x06_forged_headers;
mod x07_outbound;
mod x19_answers;
mod x22_log_lines;
mod x23_partners;
