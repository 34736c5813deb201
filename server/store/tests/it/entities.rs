//! Every table has its entity, and every column stands in it.
//! Not here: what the rows mean.

use crate::support::World;

on_both! { each_table_is_an_entity }

async fn each_table_is_an_entity(world: World) {
    let misfits = store::health::misfits(&world.store.reader()).await;
    assert_eq!(misfits.expect("looks"), Vec::<String>::new());
}
