--- Places below and above states: cities, regions, US states, continents, seas. States have their own list.
local list = {}
for line in ([[
  Africa; Asia; Europe; Latin America; South America; North America; Central America; Middle East; Far East; Eurasia; Oceania; Antarctica; Arctic; Balkans; Caucasus; Scandinavia;
  Caribbean; Central Asia; Southeast Asia; Eastern Europe; Western Europe; Central Europe; Soviet Union; Yugoslavia; Czechoslovakia; East Germany; West Germany; Persian Gulf; Gulf of Mexico;
  Black Sea; Baltic Sea; Mediterranean; Mediterranean Sea; Red Sea; Caspian Sea; North Sea; South China Sea; Sea of Azov; Azov Sea; Atlantic; Atlantic Ocean; Pacific; Pacific Ocean; Indian Ocean; Strait of Hormuz;
  Suez Canal; Panama Canal; Bosphorus; Danube; Dnipro River; Volga; Rhine; Nile; Mississippi River; Amazon River; Himalayas; Alps; Andes; Urals; Siberia; Crimea; Donbas; Donbass; Donetsk;
  Donetsk Oblast; Luhansk; Luhansk Oblast; Lugansk; Kherson; Kherson Oblast; Zaporizhzhia; Zaporizhzhya; Zaporizhia; Kharkiv; Kharkov; Odesa; Odessa; Dnipro; Lviv; Lvov; Mariupol; Melitopol; Berdiansk;
  Bakhmut; Avdiivka; Pokrovsk; Kupiansk; Kramatorsk; Sloviansk; Kostiantynivka; Chasiv Yar; Toretsk; Vuhledar; Izium; Lyman; Siversk; Huliaipole; Bucha; Irpin; Chernihiv; Sumy; Poltava; Vinnytsia; Zhytomyr; Rivne; Ternopil;
  Ivano-Frankivsk; Uzhhorod; Chernivtsi; Mykolaiv; Kropyvnytskyi; Cherkasy; Khmelnytskyi; Lutsk; Kryvyi Rih; Nikopol; Chernobyl; Chornobyl; Simferopol; Sevastopol; Kerch; Enerhodar; Transnistria;
  Belgorod; Kursk; Bryansk; Rostov; Rostov-on-Don; Voronezh; St. Petersburg; Saint Petersburg; Leningrad; Novosibirsk; Yekaterinburg; Kazan; Sochi; Vladivostok; Kaliningrad; Murmansk; Saratov; Samara; Tver; Tula; Ryazan; Nizhny Novgorod;
  Chechnya; Grozny; Dagestan; Tatarstan; Krasnodar; Novorossiysk; Tuapse; South Ossetia; Abkhazia; Nagorno-Karabakh; Alaska; Anchorage; Istanbul; Geneva; Zurich; Davos; Munich; Frankfurt; Hamburg; Cologne; Dresden; Leipzig; Stuttgart;
  Düsseldorf; Bonn; Milan; Naples; Turin; Venice; Florence; Sicily; Sardinia; Marseille; Lyon; Nice; Toulouse; Bordeaux; Strasbourg; Brittany; Normandy; Barcelona; Catalonia; Valencia; Seville; Basque Country; Manchester; Liverpool; Birmingham;
  Leeds; Sheffield; Glasgow; Edinburgh; Belfast; Cardiff; Oxford; Cambridge; Scotland; Wales; Northern Ireland; Cornwall; Yorkshire; Salisbury; Gdansk; Krakow; Rzeszow; Poznan; Wroclaw; Lublin; Antwerp; Ghent; Rotterdam; Gothenburg; Bergen; Turku;
  Tampere; Tartu; Narva; Brest; Gomel; Grodno; Salzburg; Innsbruck; Gaza; Gaza Strip; West Bank; Golan Heights; Tel Aviv; Haifa; Aleppo; Homs; Idlib; Raqqa; Mosul; Fallujah; Basra; Kirkuk; Kurdistan; Kandahar; Helmand; Kashmir; Karachi; Lahore; Peshawar; Mumbai; Bombay;
  Calcutta; Kolkata; Chennai; Bangalore; Hyderabad; Punjab; Gujarat; Shanghai; Hong Kong; Shenzhen; Guangzhou; Wuhan; Tianjin; Tibet; Lhasa; Xinjiang; Macau; Osaka; Kyoto; Hiroshima; Nagasaki; Fukushima; Okinawa; Busan; Sydney; Melbourne; Brisbane; Perth; Adelaide; Queensland; New South Wales; Tasmania; Auckland; Christchurch;
  Dubai; Sharm el-Sheikh; Alexandria; Benghazi; Lagos; Johannesburg; Cape Town; Durban; Darfur; Timbuktu; Mombasa; Rio de Janeiro; São Paulo; Sao Paulo; Guadalajara; Tijuana; Ciudad Juarez; Toronto; Vancouver; Montreal; Quebec; Ontario; Alberta; British Columbia; Calgary; Nova Scotia; Newfoundland; Manitoba; Saskatchewan; Guantanamo; Guantanamo Bay; Puerto Rico; Bermuda; Greenland; Falkland Islands; Gibraltar;
  Alabama; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; Florida; Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine; Maryland; Massachusetts; Michigan; Minnesota; Mississippi; Missouri; Montana; Nebraska;
  Nevada; New Hampshire; New Jersey; New Mexico; New York; New York City; North Carolina; North Dakota; Ohio; Oklahoma; Oregon; Pennsylvania; Rhode Island; South Carolina; South Dakota; Tennessee; Texas; Utah; Vermont; Virginia; Washington State; West Virginia; Wisconsin; Wyoming;
  Los Angeles; Chicago; Houston; Phoenix; Philadelphia; San Antonio; San Diego; Dallas; San Jose; Austin; San Francisco; Seattle; Denver; Boston; Detroit; Las Vegas; Baltimore; Memphis; Atlanta; Miami; New Orleans; Cleveland; Minneapolis; Tampa; Orlando; Pittsburgh; Cincinnati; St. Louis; Kansas City; Sacramento;
  Milwaukee; Nashville; Portland; Salt Lake City; Charlotte; Buffalo; Manhattan; Brooklyn; Queens; Bronx; Staten Island; Long Island; Harlem; Hollywood; Silicon Valley; Camp David; Mar-a-Lago; Palm Beach; Fort Worth; El Paso; Honolulu; Berkeley; Oakland; Albany; Hartford; Newark; Omaha; Tulsa; Richmond; Norfolk; Des Moines; Charlottesville; Ferguson;
  Midwest; New England; West Coast; East Coast; Wall Street; Capitol Hill; Red Square; Times Square; Ground Zero; Arlington; Baton Rouge; Birmingham; Montgomery; Selma; Little Rock; Anaheim; Pasadena; Santa Monica; San Bernardino; Cambridge; Princeton; Yalta; Potsdam; Minsk; Helsinki; Doha; Riyadh; Jeddah; Abu Dhabi; Bürgenstock; Copenhagen; Ramstein; Valdai
]]):gmatch "[^;]+" do
  list[line:match "^%s*(.-)%s*$"] = true
end
return list
