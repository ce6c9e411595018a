-- A checkout takes one piece of the product that everybody wants. The row stays locked until the payment is through.
update shop.stock set reserved = (reserved + 1) % 1000 where product_id = $1 and warehouse = 'Leipzig'
