-- Shapes of a view: one walk down layer, place and frame, also for counting them without a look at the rows. btree_gist (005) lets the index begin with the layer's id.
create index if not exists ix_shapes_view on shapes using gist (layer_id, bounds) include (first_frame, last_frame) where deleted_at is null;
-- How many shapes each class of a layer has.
create index if not exists ix_shapes_class on shapes (layer_id, class_key) where deleted_at is null;
