/* Looks a receipt up in the published lists. The code never leaves this page: whole lists are
   fetched, and compared here. */
(function () {
  "use strict";
  var LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  var K = [];
  var START = [];

  function root(n, power) {
    var fraction = Math.pow(n, 1 / power);
    return ((fraction - Math.floor(fraction)) * 4294967296) | 0;
  }

  for (var n = 2; K.length < 64; n++) {
    var prime = true;
    for (var d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (START.length < 8) START.push(root(n, 2));
    K.push(root(n, 3));
  }

  function turned(x, by) { return (x >>> by) | (x << (32 - by)); }

  /* SHA-256 of at most 55 bytes. The browser's own is not there on an intranet without TLS. */
  function sha256(bytes) {
    var w = new Array(64).fill(0);
    bytes.concat([128]).forEach(function (b, i) { w[i >> 2] |= b << (24 - 8 * (i % 4)); });
    w[15] = bytes.length * 8;
    for (var i = 16; i < 64; i++) {
      var a = w[i - 15], b = w[i - 2];
      var s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
      var s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    var h = START.slice();
    for (i = 0; i < 64; i++) {
      var e = h[4], c = h[0];
      var t1 = (h[7] + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
        ((e & h[5]) ^ (~e & h[6])) + K[i] + w[i]) | 0;
      var t2 = ((turned(c, 2) ^ turned(c, 13) ^ turned(c, 22)) +
        ((c & h[1]) ^ (c & h[2]) ^ (h[1] & h[2]))) | 0;
      h = [(t1 + t2) | 0, h[0], h[1], h[2], (h[3] + t1) | 0, h[4], h[5], h[6]];
    }
    var out = [];
    h.forEach(function (x, i) {
      x = (x + START[i]) | 0;
      out.push(x >>> 24, (x >>> 16) & 255, (x >>> 8) & 255, x & 255);
    });
    return out;
  }

  function ascii(text) { return text.split("").map(function (c) { return c.charCodeAt(0); }); }

  function hex(bytes) {
    return bytes.map(function (b) { return (b < 16 ? "0" : "") + b.toString(16); }).join("");
  }

  /* The sixteen bytes of a code, or null if it is mistyped: 26 letters and a check of two. */
  function receipt(text) {
    var letters = text.toUpperCase().replace(/[\s\-\u2013]/g, "")
      .replace(/O/g, "0").replace(/[IL]/g, "1");
    if (letters.length !== 28) return null;
    var bits = "";
    for (var i = 0; i < 26; i++) {
      var value = LETTERS.indexOf(letters[i]);
      if (value < 0) return null;
      bits += (32 + value).toString(2).slice(1);
    }
    if (bits.slice(0, 2) !== "00") return null;
    var bytes = [];
    for (i = 2; i < 130; i += 8) bytes.push(parseInt(bits.slice(i, i + 8), 2));
    var sum = sha256(ascii("check").concat(bytes));
    var check = ((sum[0] << 8) | sum[1]) >> 6;
    var told = LETTERS[(check >> 5) & 31] + LETTERS[check & 31];
    return told === letters.slice(26) ? bytes : null;
  }

  function fetched(address) {
    return fetch(address).then(function (reply) {
      if (!reply.ok) throw new Error(address);
      return reply.text();
    });
  }

  /* Every edition's list, this one's first; the answer is the title of the one that has the leaf. */
  function found(leaf, edition) {
    return fetched("../../versions.json").then(function (text) {
      var versions = JSON.parse(text);
      versions.sort(function (a) { return a.version === edition ? -1 : 0; });
      return versions.reduce(function (before, one) {
        return before.then(function (title) {
          if (title) return title;
          var list = "../../" + one.version + "/data/" + one.version + "-receipts.txt";
          return fetched(list).then(function (leaves) {
            return leaves.split("\n").indexOf(leaf) >= 0 ? one.title : "";
          });
        });
      }, Promise.resolve(""));
    });
  }

  function element(name, properties, parent) {
    var made = document.createElement(name);
    Object.keys(properties).forEach(function (key) { made[key] = properties[key]; });
    parent.appendChild(made);
    return made;
  }

  function build(place) {
    var words = JSON.parse(place.dataset.words);
    element("label", { htmlFor: "receipt-code", textContent: words.label }, place);
    element("p", { id: "receipt-hint", className: "quiet", textContent: words.hint }, place);
    var field = element("input", { id: "receipt-code", autocomplete: "off", spellcheck: false },
      place);
    field.setAttribute("aria-describedby", "receipt-hint");
    var button = element("button", { type: "button", textContent: words.look }, place);
    var answer = element("p", { className: "answer" }, place);
    answer.setAttribute("role", "status");
    function look() {
      var bytes = receipt(field.value);
      if (!bytes) { answer.textContent = words.mistyped; return; }
      answer.textContent = words.looking;
      found(hex(sha256(ascii("leaf").concat(bytes))), place.dataset.edition)
        .then(function (title) {
          answer.textContent = title ? words.counted.replace("EDITION", title) : words.missing;
        })
        .catch(function () { answer.textContent = words.failed; });
    }
    button.addEventListener("click", look);
    field.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); look(); }
    });
  }

  document.querySelectorAll(".receipt-check").forEach(build);
})();
