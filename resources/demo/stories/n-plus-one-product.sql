-- … and one for the product of each line, where two joins would have done it all.
select name, brand, weight_g from shop.products where product_id = $1
