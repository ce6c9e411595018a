-- Six thousand products in forty categories, and what each warehouse holds of them. $1: number of products.
create table build.categories (
  category_id int, department text, name text, nouns text[], brands text[], low int, high int
);

insert into build.categories values
  (1, 'Kitchen', 'Cookware', '{Saucepan,Frying Pan,Casserole,Wok,Roasting Tin,Stockpot}', '{Halden,Brasero,Ostria}', 18, 190),
  (2, 'Kitchen', 'Knives', '{Chef Knife,Paring Knife,Bread Knife,Santoku,Sharpening Steel}', '{Klingerhof,Halden,Mizu}', 12, 210),
  (3, 'Kitchen', 'Small Appliances', '{Kettle,Toaster,Hand Blender,Food Processor,Rice Cooker,Stand Mixer}', '{Voltera,Brasero,Nordlys}', 22, 420),
  (4, 'Kitchen', 'Coffee and Tea', '{Espresso Machine,Burr Grinder,Moka Pot,Teapot,Pour-over Set,Milk Frother}', '{Crema,Nordlys,Tealeaf}', 9, 690),
  (5, 'Kitchen', 'Tableware', '{Dinner Plate,Cereal Bowl,Mug,Serving Dish,Water Glass,Wine Glass}', '{Ostria,Kaolin,Tealeaf}', 4, 75),
  (6, 'Home', 'Bedding', '{Duvet Cover,Pillow,Fitted Sheet,Summer Duvet,Mattress Topper}', '{Dormia,Linfield,Norvik}', 15, 260),
  (7, 'Home', 'Bath', '{Bath Towel,Shower Curtain,Bath Mat,Bathrobe,Soap Dispenser}', '{Linfield,Aquilo,Norvik}', 6, 95),
  (8, 'Home', 'Lighting', '{Desk Lamp,Floor Lamp,Pendant Light,String Lights,Night Light}', '{Lumeno,Nordlys,Halden}', 12, 340),
  (9, 'Home', 'Storage', '{Storage Box,Shelf Unit,Coat Rack,Laundry Basket,Drawer Divider}', '{Ordo,Norvik,Kubik}', 5, 180),
  (10, 'Home', 'Rugs and Throws', '{Wool Throw,Runner,Kilim,Door Mat,Cotton Blanket}', '{Norvik,Linfield,Kilima}', 14, 480),
  (11, 'Home', 'Decoration', '{Vase,Picture Frame,Mirror,Candle,Wall Clock}', '{Kaolin,Lumeno,Kubik}', 5, 160),
  (12, 'Garden', 'Garden Tools', '{Spade,Rake,Pruning Shears,Hand Trowel,Watering Can,Hedge Trimmer}', '{Hortus,Grovemark}', 8, 230),
  (13, 'Garden', 'Plants and Seeds', '{Tomato Seeds,Lavender,Herb Set,Wildflower Mix,Olive Tree}', '{Hortus,Sylva}', 2, 85),
  (14, 'Garden', 'Outdoor Furniture', '{Folding Chair,Garden Table,Bench,Parasol,Sun Lounger}', '{Grovemark,Solana}', 25, 780),
  (15, 'Garden', 'Barbecue', '{Charcoal Grill,Gas Grill,Grill Tongs,Fire Bowl,Smoker}', '{Brasero,Solana}', 9, 640),
  (16, 'Electronics', 'Headphones', '{Over-ear Headphones,Earbuds,Sports Earphones,Studio Headphones}', '{Auriga,Sonell,Tonwerk}', 19, 380),
  (17, 'Electronics', 'Speakers', '{Bluetooth Speaker,Soundbar,Bookshelf Speakers,Shower Radio}', '{Tonwerk,Sonell,Nordlys}', 25, 720),
  (18, 'Electronics', 'Computer Accessories', '{Keyboard,Mouse,Webcam,Laptop Stand,USB Hub,Monitor Arm}', '{Kubik,Voltera,Pixelon}', 9, 240),
  (19, 'Electronics', 'Phone Accessories', '{Phone Case,Charging Cable,Power Bank,Car Holder,Screen Protector}', '{Pixelon,Voltera}', 4, 90),
  (20, 'Electronics', 'Smart Home', '{Smart Plug,Thermostat,Door Sensor,Light Bulb,Camera}', '{Lumeno,Voltera}', 9, 260),
  (21, 'Clothing', 'T-Shirts', '{T-Shirt,Long-sleeve Shirt,Tank Top,Polo Shirt}', '{Fairloom,Marlow,Tern}', 9, 65),
  (22, 'Clothing', 'Knitwear', '{Pullover,Cardigan,Turtleneck,Slipover}', '{Marlow,Norvik,Tern}', 29, 220),
  (23, 'Clothing', 'Trousers', '{Chinos,Jeans,Linen Trousers,Joggers,Cargo Trousers}', '{Fairloom,Marlow,Rivet}', 25, 180),
  (24, 'Clothing', 'Jackets', '{Rain Jacket,Down Jacket,Denim Jacket,Softshell,Parka}', '{Fjellvind,Rivet,Tern}', 45, 490),
  (25, 'Clothing', 'Socks and Underwear', '{Merino Socks,Sports Socks,Boxer Shorts,Briefs,Thermal Top}', '{Fairloom,Fjellvind}', 5, 60),
  (26, 'Shoes', 'Sneakers', '{Sneaker,Slip-on,High-top,Canvas Shoe}', '{Strada,Rivet}', 35, 190),
  (27, 'Shoes', 'Boots', '{Hiking Boot,Chelsea Boot,Rubber Boot,Winter Boot}', '{Fjellvind,Strada}', 39, 320),
  (28, 'Sports', 'Running', '{Running Shoe,Running Belt,Headlamp,Running Shorts}', '{Tempo,Strada}', 9, 190),
  (29, 'Sports', 'Cycling', '{Bike Helmet,Bike Light,Pump,Pannier,Cycling Gloves,Lock}', '{Tempo,Pedalo}', 8, 210),
  (30, 'Sports', 'Camping', '{Tent,Sleeping Bag,Camping Stove,Sleeping Mat,Cool Box}', '{Fjellvind,Solana}', 12, 560),
  (31, 'Sports', 'Yoga and Fitness', '{Yoga Mat,Dumbbells,Resistance Band,Foam Roller,Kettlebell}', '{Tempo,Asana}', 6, 170),
  (32, 'Toys', 'Building Sets', '{Building Set,Marble Run,Wooden Blocks,Train Set}', '{Kubik,Pompom}', 9, 190),
  (33, 'Toys', 'Board Games', '{Strategy Game,Card Game,Party Game,Quiz}', '{Meeplehaus,Pompom}', 7, 75),
  (34, 'Toys', 'Puzzles', '{Puzzle 500,Puzzle 1000,Puzzle 2000,Brain Teaser}', '{Meeplehaus,Pompom}', 6, 45),
  (35, 'Toys', 'Soft Toys', '{Bear,Rabbit,Fox,Whale,Hedgehog}', '{Pompom,Tern}', 8, 60),
  (36, 'Books', 'Cookbooks', '{Weeknight Kitchen,The Bread Book,Vegetables First,One Pan}', '{Lindwurm Press,Harbour Books}', 12, 48),
  (37, 'Books', 'Novels', '{The Salt Road,Northern Light,A House by the Weir,Quiet Water}', '{Lindwurm Press,Harbour Books}', 8, 28),
  (38, 'Books', 'Children', '{The Brave Snail,Night Train,Oskar and the Moon,Ten Little Boats}', '{Pompom,Harbour Books}', 6, 24),
  (39, 'Office', 'Stationery', '{Notebook,Fountain Pen,Desk Pad,Planner,Sticky Notes}', '{Papyra,Ordo}', 2, 95),
  (40, 'Office', 'Office Furniture', '{Office Chair,Standing Desk,Filing Cabinet,Footrest}', '{Ordo,Kubik}', 39, 890);

insert into shop.categories select category_id, department, name from build.categories;

insert into shop.products
select i, c.category_id,
  upper(left(c.brands[1 + build.below(i, 2, array_length(c.brands, 1))], 3)) || '-' || lpad(i::text, 5, '0'),
  build.pick(i, 2, c.brands) || ' ' || build.pick(i, 3, c.nouns) || ' '
    || build.pick(i, 4, '{Classic,Pro,Mini,Studio,Light,Plus,Eco,Urban,Nova,Original}') || ', '
    || build.pick(i, 5, '{black,white,sand,moss,petrol,rust,graphite,natural,navy,berry}'),
  build.pick(i, 2, c.brands),
  p.price, round(p.price * (0.38 + 0.3 * build.unit(i, 7))::numeric, 2),
  60 + (build.unit(i, 8) ^ 3 * 14000)::int,
  build.ago(126e6 * build.unit(i, 9))::date,
  case when build.unit(i, 10) < 0.08 then build.ago(26e6 * build.unit(i, 11))::date end
from generate_series(1, $1::int) i
join build.categories c on c.category_id = 1 + floor(40 * build.unit(i, 1) ^ 1.4)::int,
lateral (select round((c.low + (c.high - c.low) * build.unit(i, 6) ^ 2.2)::numeric) - 0.05 as price) p;

insert into build.sizes values ('products', $1::int);

insert into shop.stock
select p.product_id, w.warehouse, (build.unit(p.product_id, 20 + w.nr) ^ 2 * 400)::int, 0,
  build.ago(3.4e6 * build.unit(p.product_id, 24 + w.nr))
from shop.products p, (values (1, 'Leipzig'), (2, 'Lille'), (3, 'Leeds')) w (nr, warehouse);
