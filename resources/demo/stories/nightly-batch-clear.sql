-- One day of sales is computed anew: first the old figures go. $1: how many days before $2.
delete from shop.daily_sales where day = $2::date - $1::int
