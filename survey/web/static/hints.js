// What in a text may point at a person. The reporter reads this very object; here it runs in the
// leaver's own browser and tells nobody. No hint never means that a text is safe.
const HINTS = {
 "stop": {
  "mail": [
   "[^\\s@]{1,64}@[^\\s@]{1,255}\\.\\w+",
   "[\\w.+-]{1,64} ?[(\\[] ?(?:at|a|@) ?[)\\]] ?[\\w-]+[.(\\[]\\w+"
  ],
  "phone": [
   "\\b\\d{10,12}\\b|\\(\\d{2,4}\\) ?\\d[\\d -]{5,}",
   "(?:\\+ ?|\\(?\\b(?<!\\d[ .,])0)(?!\\d(?:00|15|30|45)-)\\d(?:[ ()-]{0,3}\\d){6,}",
   "\\(?\\b(?<!\\d[ .,])0\\d{2,3}[/.)] ?\\d(?:[ ./-]?\\d){4,}"
  ],
  "personnummer": [
   "\\b(?:19|20)?\\d\\d(?:0[1-9]|1[0-2])\\d\\d ?[-+]? ?\\d{4}\\b"
  ]
 },
 "look": {
  "date": [
   "\\b(?:\\d{1,2}(?::?[ae]|st|nd|rd|th)?\\s+(?:of\\s+)?)?(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january|february|march|may|june|july|august|october)(?:\\s+\\d{1,4})?\\b",
   "\\b\\d{1,2}[/.]\\d{1,2}(?:[/.]\\d{2,4})?\\b",
   "\\b(?:19|20)\\d\\d(?:-\\d\\d(?:-\\d\\d)?)?\\b",
   "\\b(?:vecka|v\\.|week)\\s*\\d{1,2}\\b",
   "\\b(?:i|förra|last)\\s+(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\\b"
  ],
  "service": [
   "\\b(?:\\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|femton|tjugo|trettio|fyrtio|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty)\\s+(?:års?|years?)\\b",
   "\\b(?:anställd|började|slutade|here|joined|since|sedan)\\s+(?:19|20)\\d\\d\\b"
  ],
  "title": [
   "\\b(?:vd|ceo|cfo|cto|coo|hr-?(?:chef|director)|(?:enhets|avdelnings|grupp|platschef|produktions|lager|försäljnings|ekonomi|personal|it-?|kvalitets|projekt|fabriks|verkstads|butiks|regions|områdes|marknads)(?:chef|ledare)\\w*|direktör\\w*|rektor\\w*|skyddsombud\\w*|fackombud\\w*|klubbordförande\\w*|förman\\w*|receptionist\\w*|sekreterare\\w*|controller\\w*|union rep\\w*|shop steward|receptionist|secretary|foreman|head of [a-z]+|director of [a-z]+|vice president|plant manager|site manager|store manager|production manager|sales manager)\\b"
  ],
  "rare": [
   "\\b(?:den|det|de|som|min|hans|hennes)\\s+(?:enda|första|sista|yngsta|äldsta)\\b",
   "\\b(?:ensam(?:ma)?|enda)\\s+(?:kvinna\\w*|man\\w*|tjej\\w*|kille\\w*)\\b",
   "\\b(?:the|as)\\s+(?:only|first|last|youngest|oldest)\\b",
   "\\b(?:gravid|graviditet|föräldraledig|adopt\\w*|cancer\\w*|diagnos\\w*|adhd|autism\\w*|autist\\w*|rullstol\\w*|operer\\w*|olyck\\w*|begrav\\w*|dog|skilsmäss\\w*|skild|änka|änkling|tvilling\\w*|rättegång\\w*|polisanm\\w*|stämde|anmälde|sjukskriv\\w*|rehab\\w*|missbruk\\w*|döv\\w*|blind\\w*|muslim\\w*|jud(?:e|isk\\w*)|transperson\\w*|homosexuell\\w*|lesbisk\\w*|bögar?|renskötsel|hijab|slöja|handikapp\\w*|funktionsneds\\w*)\\b",
   "\\b(?:pregnan\\w*|maternity|adopt\\w*|cancer|diagnos\\w*|autis\\w*|wheelchair|surgery|accident|funeral|died|death|divorc\\w*|widow\\w*|twins?|lawsuit|tribunal|sued|police|rehab|addict\\w*|deaf|blind|muslim|jewish|transgender|gay|lesbian|visa|immigrant|refugee|disab\\w*|stroke|heart attack|miscarriage)\\b"
  ]
 },
 "personal": {
  "story": [
   "\\b(?:jag|mig|min|mitt|mina|hon|han|henne|honom|hennes|hans)\\b",
   "(?-i:\\bI\\b)|\\b(?:me|my|mine|myself|she|he|her|him|his|hers)\\b"
  ]
 },
 "capital": "[\\p{Lu}\\p{Lt}][\\w'’-]+",
 "caseless": "[\\p{Lo}][\\p{Lo}\\p{M}]+",
 "opens": "(?:(?:^|[^\\w\\s'’&\"“”„«»]\\s*|\\n)[\"“”„«»]+|^|[^\\w\\s,'’&\"“”„«»]|(?:^|\\s)\\d{1,2}[.)]|\\n)[\\s*_#>~]*$",
 "at": "\\b(?:i|på|från|till|vid|in|at|from|to|near|utanför)\\s+$",
 "named": "^\\s+(?:[\\p{Lu}\\p{Lt}]\\w|(?:på|i|från|och|var|är|sa|hade|in|at|and|was|is|said)\\b)",
 "names": "agneta ahmed alexander ali alice alva amanda amir amy anders andreas andrew angela anna anneli annika anthony astrid axel barbara barbro bengt bertil birgitta brian britt camilla carina carl carol caroline catarina cecilia charles charlotte chris christer christian christina christopher daniel david deborah diane donna dorothy edward elias elin elisabeth elizabeth ellen emelie emil emily emma erik eva fatima filip frank fredrik frida gabriel gary george gregory gunilla gunnar gustav göran hanna hans hassan heather helen helena henrik håkan ida inger ingrid isabelle jack jacob james jan janet jason jeff jeffrey jennifer jenny jens jessica jim joe johan johanna john jonas jonathan josefin joseph joshua julia karen karin karl katarina kate kathleen kelly kent kerstin kevin kim kjell klara kristina larry lars laura lena linda linnea linus lisa louise magnus maja malin margaret margareta maria mariam marie martin mary matilda mats matthew mattias megan melissa michael michelle mikael mike mohammed monica monika nancy nicholas nicole niklas nils olivia olle olof oscar oskar pamela patricia patrick patrik paul per peter petra pia pontus rachel rebecca rebecka richard rickard robert robin roger rolf ronald ruth ryan samantha sandra sara sarah sebastian sharon sofia sofie sophie staffan stefan stephanie stephen steve steven stina susan susanne sven teresia therese thomas timothy tobias tomas tommy tony torbjörn torsten tracy ulf ulla ulrika viktor viktoria william yusuf åke åsa",
 "words": "frank hans jan klara per",
 "capitals": "i i'd i'll i'm i've hr it vd ceo ok tv pc monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays måndag tisdag onsdag torsdag fredag lördag söndag english swedish sweden english-speaking european excel word outlook teams powerpoint slack sap office windows google microsoft linkedin glassdoor covid corona gdpr jira html itil scrum christmas easter sverige svenska norden europa god internet"
};

// The words of a text that may point at somebody, in order. A story told as "I" is the writer's own.
const hinted = (() => {
  "use strict";
  const LETTER = "\\p{L}\\p{N}_";
  const EDGE = `(?:(?<=[${LETTER}])(?![${LETTER}])|(?<![${LETTER}])(?=[${LETTER}]))`;
  const pattern = (source, flags) => new RegExp(
    source.replace(/\[\^?\\w/g, (part) => part.replace("\\w", LETTER)).replaceAll("\\w", `[${LETTER}]`).replaceAll("\\b", EDGE),
    flags,
  );
  const made = () => {
    const [capital, caseless, opens, named] = ["capital", "caseless", "opens", "named"].map((key) => pattern(HINTS[key], key.startsWith("ca") ? "gu" : "u"));
    const [names, words, capitals] = ["names", "words", "capitals"].map((key) => new Set(HINTS[key].split(" ")));
    const levels = [HINTS.stop, HINTS.look].map((level) => Object.values(level).flat().map((one) => pattern(one, "giu")));
    const letters = (text, kind) => (text.match(kind) || []).length;
    const plain = (text) => text.replace(/[\p{Pd}\u2212\u00ad\u2043\u02d7]/gu, "-").replace(/[\p{Zs}\p{Zl}\p{Zp}\t\r]/gu, " ").replace(/(?!\n)[\p{Cf}\p{Cc}]/gu, "").normalize("NFKC");
    const isName = (text, start, word) => {
      const low = word.toLowerCase().replaceAll("\u0307", "");
      const first = opens.test((start > 40 ? "x" : "") + text.slice(Math.max(0, start - 40), start));
      const common = first && words.has(low) && !named.test(text.slice(start + word.length));
      const given = !common && (names.has(low) || names.has(low.replace(/['’]s?$|s$/, "")));
      return given || !(first || capitals.has(low) || word === word.toUpperCase());
    };
    const found = (text, patterns) => patterns.flatMap((one) => [...text.matchAll(one)].map((hit) => [hit.index, hit[0]]));
    return (written) => {
      const text = plain(written);
      const mixed = letters(text, /\p{Lo}/gu) < letters(text, /[\p{Lu}\p{Ll}]/gu);
      const called = found(text, [capital]).filter(([start, word]) => isName(text, start, word));
      const other = mixed ? found(text, [caseless]) : [];
      const [stops, looks] = levels.map((patterns) => found(text, patterns));
      const all = [...stops, ...looks, ...called, ...other].sort(([one], [other]) => one - other);
      return { stop: stops.length > 0, words: [...new Set(all.map(([, word]) => word))] };
    };
  };
  try { return made(); } catch { return () => ({ stop: false, words: [] }); }  // an old browser
})();
