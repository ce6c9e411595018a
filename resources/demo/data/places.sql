-- Countries and cities, with how much of the business each makes.
create table build.countries (code text, name text, currency text, tongue text);

insert into build.countries values
  ('DE', 'Germany', 'EUR', 'de'), ('FR', 'France', 'EUR', 'fr'), ('GB', 'United Kingdom', 'GBP', 'en'),
  ('NL', 'Netherlands', 'EUR', 'nl'), ('IT', 'Italy', 'EUR', 'it'), ('ES', 'Spain', 'EUR', 'es'),
  ('PL', 'Poland', 'PLN', 'pl'), ('SE', 'Sweden', 'SEK', 'sv'), ('AT', 'Austria', 'EUR', 'de'),
  ('CH', 'Switzerland', 'CHF', 'de'), ('BE', 'Belgium', 'EUR', 'nl'), ('DK', 'Denmark', 'DKK', 'sv'),
  ('IE', 'Ireland', 'EUR', 'en'), ('PT', 'Portugal', 'EUR', 'es'), ('NO', 'Norway', 'NOK', 'sv');

insert into shop.countries select code, name, currency from build.countries;

create table build.cities (city_id int, name text, country_code text, postcode_prefix text, share int);

insert into build.cities values
  (1, 'Berlin', 'DE', '10', 78), (2, 'Hamburg', 'DE', '20', 44), (3, 'Munich', 'DE', '80', 42),
  (4, 'Cologne', 'DE', '50', 30), (5, 'Frankfurt', 'DE', '60', 24), (6, 'Stuttgart', 'DE', '70', 20),
  (7, 'Leipzig', 'DE', '04', 18), (8, 'Dresden', 'DE', '01', 16), (9, 'Hanover', 'DE', '30', 14),
  (10, 'Nuremberg', 'DE', '90', 12), (11, 'Freiburg', 'DE', '79', 8), (12, 'Kiel', 'DE', '24', 6),
  (13, 'Paris', 'FR', '75', 62), (14, 'Lyon', 'FR', '69', 26), (15, 'Marseille', 'FR', '13', 22),
  (16, 'Toulouse', 'FR', '31', 14), (17, 'Nantes', 'FR', '44', 12), (18, 'Bordeaux', 'FR', '33', 11),
  (19, 'Lille', 'FR', '59', 10), (20, 'Strasbourg', 'FR', '67', 8), (21, 'Rennes', 'FR', '35', 5),
  (22, 'London', 'GB', 'SE', 74), (23, 'Manchester', 'GB', 'M', 24), (24, 'Birmingham', 'GB', 'B', 22),
  (25, 'Leeds', 'GB', 'LS', 12), (26, 'Glasgow', 'GB', 'G', 12), (27, 'Bristol', 'GB', 'BS', 10),
  (28, 'Edinburgh', 'GB', 'EH', 9), (29, 'Cardiff', 'GB', 'CF', 6), (30, 'Belfast', 'GB', 'BT', 4),
  (31, 'Amsterdam', 'NL', '10', 34), (32, 'Rotterdam', 'NL', '30', 20), (33, 'Utrecht', 'NL', '35', 14),
  (34, 'Eindhoven', 'NL', '56', 8), (35, 'Groningen', 'NL', '97', 6), (36, 'Milan', 'IT', '20', 24),
  (37, 'Rome', 'IT', '00', 22), (38, 'Turin', 'IT', '10', 10), (39, 'Bologna', 'IT', '40', 8),
  (40, 'Florence', 'IT', '50', 6), (41, 'Naples', 'IT', '80', 6), (42, 'Madrid', 'ES', '28', 24),
  (43, 'Barcelona', 'ES', '08', 22), (44, 'Valencia', 'ES', '46', 9), (45, 'Seville', 'ES', '41', 7),
  (46, 'Bilbao', 'ES', '48', 4), (47, 'Warsaw', 'PL', '00', 22), (48, 'Krakow', 'PL', '30', 12),
  (49, 'Wroclaw', 'PL', '50', 9), (50, 'Gdansk', 'PL', '80', 7), (51, 'Poznan', 'PL', '60', 6),
  (52, 'Stockholm', 'SE', '11', 18), (53, 'Gothenburg', 'SE', '41', 9), (54, 'Malmo', 'SE', '21', 6),
  (55, 'Uppsala', 'SE', '75', 3), (56, 'Vienna', 'AT', '10', 24), (57, 'Graz', 'AT', '80', 7),
  (58, 'Linz', 'AT', '40', 5), (59, 'Salzburg', 'AT', '50', 4), (60, 'Zurich', 'CH', '80', 16),
  (61, 'Geneva', 'CH', '12', 7), (62, 'Basel', 'CH', '40', 6), (63, 'Bern', 'CH', '30', 5),
  (64, 'Brussels', 'BE', '10', 12), (65, 'Antwerp', 'BE', '20', 9), (66, 'Ghent', 'BE', '90', 6),
  (67, 'Copenhagen', 'DK', '10', 13), (68, 'Aarhus', 'DK', '80', 5), (69, 'Odense', 'DK', '50', 2),
  (70, 'Dublin', 'IE', 'D0', 12), (71, 'Cork', 'IE', 'T1', 4), (72, 'Galway', 'IE', 'H9', 2),
  (73, 'Lisbon', 'PT', '10', 9), (74, 'Porto', 'PT', '40', 6), (75, 'Oslo', 'NO', '01', 7),
  (76, 'Bergen', 'NO', '50', 3);

insert into shop.cities select city_id, name, country_code, postcode_prefix from build.cities;

-- One slot a share: a random slot is a city with the right weight.
create table build.city_slots as
select row_number() over (order by c.city_id, n)::int - 1 as slot, c.city_id, c.name as city, c.postcode_prefix,
  c.country_code, k.currency, k.tongue
from build.cities c
join build.countries k on k.code = c.country_code, generate_series(1, c.share) n;

insert into build.sizes select 'city_slots', count(*) from build.city_slots;

create table build.names (tongue text, first_names text[], last_names text[], streets text[]);

insert into build.names values
  ('de', '{Anna,Lukas,Lena,Paul,Marie,Jonas,Sophie,Felix,Laura,Max,Julia,Leon,Katharina,Tim,Hannah,Moritz,Clara,Niklas,Eva,David,Sabine,Thomas,Petra,Stefan,Monika,Andreas,Heike,Jens,Birgit,Uwe}',
   '{Mueller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Koch,Bauer,Richter,Klein,Wolf,Schroeder,Neumann,Schwarz,Zimmermann,Braun,Krueger,Hofmann,Hartmann,Lange,Krause,Lehmann,Huber,Keller,Vogel,Frank,Seidel,Brandt,Arnold,Lorenz,Baumann}',
   '{Hauptstrasse,Schulstrasse,Gartenweg,Bahnhofstrasse,Lindenallee,Bergstrasse,Am Markt,Kirchgasse,Rosenweg,Muehlenweg}'),
  ('fr', '{Camille,Lucas,Emma,Hugo,Chloe,Louis,Manon,Jules,Ines,Gabriel,Lea,Arthur,Sarah,Nathan,Alice,Theo,Juliette,Antoine,Nathalie,Philippe,Isabelle,Laurent,Sylvie,Olivier,Celine,Mathieu}',
   '{Martin,Bernard,Dubois,Thomas,Robert,Richard,Petit,Durand,Leroy,Moreau,Simon,Laurent,Lefebvre,Michel,Garcia,Fournier,Lambert,Rousseau,Blanc,Guerin,Muller,Henry,Roussel,Perrin,Morin,Gauthier,Dupont,Lopez,Fontaine,Chevalier}',
   '{rue de la Paix,avenue Victor Hugo,rue des Lilas,boulevard Voltaire,rue du Moulin,place de la Mairie,rue Pasteur,chemin Vert}'),
  ('en', '{Olivia,George,Amelia,Harry,Isla,Noah,Ava,Jack,Emily,Oliver,Grace,Charlie,Sophia,Thomas,Freya,James,Niamh,Sean,Aoife,Conor,Margaret,Peter,Susan,Andrew,Karen,Mark,Priya,Imran,Fatima,Kwame}',
   '{Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Patel,Robinson,Wright,Thompson,Evans,Walker,White,Roberts,Green,Hall,Wood,Jackson,Clarke,Khan,Murphy,Kelly,Byrne,Ryan,Campbell,Stewart,Morgan,Hughes}',
   '{High Street,Station Road,Church Lane,Victoria Road,Mill Lane,Green Street,The Crescent,Park Avenue,Kings Road,Orchard Close}'),
  ('nl', '{Emma,Daan,Julia,Sem,Mila,Lucas,Tess,Levi,Sophie,Finn,Anouk,Bram,Lotte,Jeroen,Marloes,Pieter,Ingrid,Koen,Els,Wouter}',
   '{de Jong,Jansen,de Vries,van den Berg,Bakker,van Dijk,Visser,Smit,Meijer,de Boer,Mulder,de Groot,Bos,Vos,Peters,Hendriks,Dekker,Brouwer,Maes,Peeters,Claes,Willems}',
   '{Dorpsstraat,Kerkstraat,Molenweg,Schoolstraat,Stationsweg,Julianalaan,Beatrixstraat,Nieuwstraat}'),
  ('it', '{Sofia,Leonardo,Giulia,Francesco,Aurora,Alessandro,Martina,Lorenzo,Chiara,Matteo,Elena,Andrea,Paola,Marco,Federica,Stefano,Lucia,Davide}',
   '{Rossi,Russo,Ferrari,Esposito,Bianchi,Romano,Colombo,Ricci,Marino,Greco,Bruno,Gallo,Conti,Costa,Giordano,Mancini,Rizzo,Lombardi,Moretti,Barbieri}',
   '{via Roma,via Garibaldi,corso Italia,via Dante,piazza Cavour,via Mazzini,viale Europa,via Verdi}'),
  ('es', '{Lucia,Hugo,Martina,Mateo,Sofia,Pablo,Carmen,Diego,Paula,Javier,Ana,Carlos,Ines,Tiago,Beatriz,Joao,Marta,Rafael,Teresa,Miguel}',
   '{Garcia,Rodriguez,Gonzalez,Fernandez,Lopez,Martinez,Sanchez,Perez,Gomez,Ruiz,Diaz,Moreno,Alvarez,Romero,Navarro,Torres,Silva,Santos,Ferreira,Pereira,Oliveira,Costa}',
   '{calle Mayor,calle Real,avenida de la Constitucion,calle del Sol,paseo Maritimo,calle Nueva,rua Augusta,rua das Flores}'),
  ('pl', '{Zuzanna,Jakub,Julia,Antoni,Maja,Jan,Hanna,Filip,Agnieszka,Piotr,Katarzyna,Tomasz,Magdalena,Krzysztof,Ewa,Marcin,Monika,Pawel}',
   '{Nowak,Kowalska,Wisniewski,Wojcik,Kowalczyk,Kaminski,Lewandowski,Zielinska,Szymanski,Wozniak,Dabrowski,Kozlowski,Jankowski,Mazur,Krawczyk,Piotrowski}',
   '{ulica Polna,ulica Lesna,ulica Sloneczna,ulica Krotka,ulica Szkolna,ulica Ogrodowa,aleja Niepodleglosci}'),
  ('sv', '{Alice,William,Maja,Liam,Elsa,Oscar,Astrid,Hugo,Wilma,Axel,Ebba,Emil,Freja,Magnus,Ingrid,Lars,Kristin,Henrik,Signe,Mads}',
   '{Andersson,Johansson,Karlsson,Nilsson,Eriksson,Larsson,Olsson,Persson,Svensson,Gustafsson,Jensen,Nielsen,Hansen,Pedersen,Berg,Lund,Dahl,Holm,Lind,Nyberg}',
   '{Storgatan,Kungsgatan,Drottninggatan,Skolgatan,Parkvej,Strandgade,Kirkeveien,Ringvagen}');
