-- Somebody opens a customer in the back office, changes a box, and goes for coffee before saving.
update shop.customers set newsletter = not newsletter where customer_id = $1
