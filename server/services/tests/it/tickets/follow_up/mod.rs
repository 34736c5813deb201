//! How citizens are asked: the pool of calls, questionnaires by text message.

mod pool;
mod questionnaires;
mod upset;
