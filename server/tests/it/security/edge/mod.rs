//! Attacks on the edge: headers that others would have to set, addresses of other machines, what every answer carries, lines of the log.
//! Deliberately absent: slow and endless requests (`listening`, `bodies`), partners that answer badly (`gateway`).

mod x06_forged_headers;
mod x07_outbound;
mod x19_answers;
mod x22_log_lines;
