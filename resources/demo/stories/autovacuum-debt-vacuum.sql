-- What autovacuum would have done long ago, before the demo fills the disk.
vacuum shop.carts
