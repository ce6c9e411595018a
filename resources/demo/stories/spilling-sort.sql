-- A price list in steps of a thousand: sorts a third of all order lines, far more than work_mem holds. $1: first order.
select place, order_id, line_no, worth
from (
  select order_id, line_no, unit_price * quantity * (1 - discount) as worth,
    row_number() over (order by unit_price * quantity * (1 - discount) desc, order_id, line_no) as place
  from shop.order_lines
  where order_id >= $1
) ranked
where place % 1000 = 1
