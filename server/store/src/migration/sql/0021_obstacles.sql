-- What stopped a case is a code with its facts; the words that were kept until now become the code `told` with the words as its fact.
alter table incidents rename column words to obstacle;
--[sqlite
update incidents set obstacle = json_object('code', 'told', 'facts', json_object('words', obstacle));
--]
--[postgres
update incidents set obstacle = json_build_object('code', 'told', 'facts', json_build_object('words', obstacle))::text;
--]
