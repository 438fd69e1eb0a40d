// A receipt's code, and the print that an edition lists. The same as survey/ballots/receipts.py, and tested
// against it. It has a SHA-256 of its own, for one block: browsers keep theirs from pages that are
// served without TLS, as many an intranet is, and this way there is one path for all.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE = 26;
const CHECK = 2;

const K = Uint32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);
const START = Uint32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
);

const turn = (word, by) => (word >>> by) | (word << (32 - by));

const schedule = (bytes) => {
  const block = new DataView(new ArrayBuffer(64));
  bytes.forEach((byte, place) => block.setUint8(place, byte));
  block.setUint8(bytes.length, 0x80);
  block.setUint32(60, bytes.length * 8);
  const words = new Uint32Array(64);
  for (let i = 0; i < 64; i++) {
    if (i < 16) { words[i] = block.getUint32(i * 4); continue; }
    const a = words[i - 15], b = words[i - 2];
    const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    words[i] = words[i - 16] + low + words[i - 7] + high;
  }
  return words;
};

/** SHA-256 of at most 55 bytes: one block. */
export const sha256 = (bytes) => {
  if (bytes.length > 55) throw new RangeError("more than one block");
  const words = schedule(bytes);
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i++) {
    const mix = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + mix + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  const sums = Uint32Array.from([a, b, c, d, e, f, g, h], (word, i) => word + START[i]);
  return [...sums].flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
};

const salted = (word, receipt) => sha256([...new TextEncoder().encode(word), ...receipt]);

const check = (receipt) => {
  const [first, second] = salted("check", receipt);
  return LETTERS[first >> 3] + LETTERS[((first & 7) << 2) | (second >> 6)];
};

/** The receipt's bytes, or null if the code is mistyped. Read as `survey.plain.letters` reads it. */
export const parse = (typed) => {
  const letters = typed.slice(0, 400).replace(/[\u30fc\uff70]/g, "").normalize("NFKC").toUpperCase().replace(/[^\p{L}\p{N}]/gu, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (letters.length !== CODE + CHECK || [...letters].some((letter) => !LETTERS.includes(letter))) return null;
  const bits = [...letters.slice(0, CODE)].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  if (!bits.startsWith("00")) return null;  // 26 letters hold two bits more than a receipt
  const receipt = bits.slice(2).match(/.{8}/g).map((byte) => parseInt(byte, 2));
  return letters.slice(CODE) === check(receipt) ? receipt : null;
};

/** The print that an edition lists for this receipt, in hexadecimal. */
export const leaf = (receipt) => salted("leaf", receipt).map((byte) => byte.toString(16).padStart(2, "0")).join("");
