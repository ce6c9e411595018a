-- Batches that change a table whole gather its statistics themselves.
analyze shop.daily_sales
