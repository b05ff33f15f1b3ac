// @ts-check
/**
 * Bodies against the platform's own reader: what `JSON.parse(new TextDecoder().decode(bytes))` takes is JSON here, what
 * it refuses is none, and the values are the same. Three differences are meant; the README, "How bodies are read",
 * lists them and says why.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explainTask, parseTask } from './packed.js';

const NO_JSON = /^The (answer is not JSON|answer was cut off|service answered with (an empty body|a web page))/;
const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes @returns {{ value?: any }} nothing where it is no JSON */
function oracle(bytes) {
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return {};
  }
}

/** @param {Uint8Array} bytes @returns {boolean} whether it was read as JSON, be it of a task or not */
function isTaken(bytes) {
  try {
    parseTask(bytes);
    return true;
  } catch (error) {
    const { code, message } = /** @type {any} */ (error);
    return !(code === 'invalid_response' && NO_JSON.test(message));
  }
}

/** @param {Uint8Array} bytes */
function agree(bytes) {
  assert.equal(isTaken(bytes), 'value' in oracle(bytes), `${Buffer.from(bytes).toString('latin1')}`);
}

/** The cases, with what the suites call y_, n_ and i_: to be taken, to be refused, left to each reader. */
const Y = {
  structure: [
    '[]',
    '{}',
    '[[]]',
    '[{}]',
    '{"a":[]}',
    '""',
    'null',
    'true',
    'false',
    '0',
    '[[] ]',
    '[1,null,true,"",{}]',
  ],
  whitespace: [' [] ', '\t[]\n', '\r\n[1 , 2]\r', '[ ]', '{ "a" : 1 , "b" : 2 }', '[1\n,1\n,1\n]', ' 5'],
  numbers: [
    '0',
    '-0',
    '-1',
    '123',
    '0.5',
    '-0.0',
    '0e1',
    '0e+1',
    '1E22',
    '1e-2',
    '1E+2',
    '123.456e78',
    '1e400',
    '-1e400',
    '1e-400',
    '123123e100000',
    '0.4e006699999999999999999999999999999999999999999999',
    '9'.repeat(5000),
    `-0.${'0'.repeat(80)}1`,
    '9007199254740993',
  ],
  strings: ['"a"', '" "', '"\u{7f}"', '"\u2028\u2029"', '"€𝄞"', '"/"', '"asd "', '"\u{10ffff}"', '"\u{fdd0}\u{ffff}"'],
  escapes: [
    '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\u0000"',
    '"\\u0041\\u00e9\\uABCD\\uabcd"',
    '"\\u0022"',
    '"\\u005C"',
    '"a\\/b"',
    '"\\u200B"',
    '"new\\u000Aline"',
    '{"\\u0061":1}',
  ],
  surrogates: [
    '"\\uD83D\\uDE39"',
    '"\\ud83d\\ude39"',
    '"\\uDBFF\\uDFFF"',
    '"\\uD800"',
    '"\\uDC00"',
    '"\\uD800\\uD800"',
    '"\\uDd1e\\uD834"',
    '"\\uD800a"',
    '"\\uD800\\n"',
    '"\\uD800\\u0041"',
    '"1\\uD800"',
    '{"\\uD800":1}',
  ],
  objects: ['{"":0}', '{"a":"b","a":"c"}', '{"a":"b","a":"b"}', '{"__proto__":1}', '{"a":{"a":{}}}'],
  depth: [`${'['.repeat(500)}${']'.repeat(500)}`, `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`],
};
const N = {
  structure: [
    '',
    ' ',
    '[',
    ']',
    '{',
    '}',
    '[]]',
    '{}}',
    '[][]',
    '{}[]',
    '[1 2]',
    '[1,]',
    '[,1]',
    '[,]',
    '[1,,2]',
    '[}',
    '{]',
    '[1',
    '[1,',
    '[1]x',
    '*',
    '<.>',
    '[<null>]',
    '[a]',
    '\u00e5',
    '[1]/**/',
    '[1]//',
    '[1]#',
    "['a']",
    '[\u2060]',
  ],
  whitespace: ['\f[]', '\v[]', '\u00a0[]', '[\u00a0]', '[]\u0000', '\u2028[]', '\u0085[]', '[\f]'],
  numbers: [
    '+1',
    '.5',
    '-.5',
    '1.',
    '-1.',
    '1.e1',
    '01',
    '-01',
    '00',
    '0.e1',
    '1e',
    '1e+',
    '1E-',
    '0x1',
    '1_0',
    '1,0',
    '- 1',
    '-',
    '--1',
    '-+1',
    '1+2',
    '1e1.5',
    '0e+-1',
    'NaN',
    '-NaN',
    'Infinity',
    '-Infinity',
    'inf',
    '１',
    '1a',
    '-a',
    '0.1.2',
    '1ea',
    '.-1',
    '2.e+3',
    '[-2.]',
    '1 000',
    '0X42',
    '-1x',
    '-foo',
  ],
  literals: ['nul', 'tru', 'fals', 'True', 'NULL', 'nulll', 'truefalse', 'undefined', '[nul]', '[tru]'],
  strings: [
    '"',
    '"a',
    "'a'",
    'a',
    '"a"b',
    '"\n"',
    '"\t"',
    '"\u0000"',
    '"\u001f"',
    '"a\u0000a"',
    '"\\"',
    '"\\\\\\"',
    '""x',
  ],
  escapes: [
    '"\\a"',
    '"\\x00"',
    '"\\0"',
    '"\\\'"',
    '"\\ "',
    '"\\\n"',
    '"\\\u0000"',
    '"\\\t"',
    '"\\🌀"',
    '"\\u"',
    '"\\u1"',
    '"\\u12"',
    '"\\u123"',
    '"\\u00g0"',
    '"\\uqqqq"',
    '"\\U0041"',
    '"\\u{41}"',
    '"\\u+041"',
    '"\\uD834\\uDd"',
    '"\\uD800\\u"',
    '"\\uD800\\"',
  ],
  objects: [
    '{a:1}',
    "{'a':1}",
    '{"a"}',
    '{"a":}',
    '{"a" 1}',
    '{"a"::1}',
    '{"a":1,}',
    '{,}',
    '{"a":1,,"b":2}',
    '{1:1}',
    '{null:1}',
    '{"a":1 "b":2}',
    '{"a":1',
    '{"a":',
    '{"a"',
    '{"a',
    '{[]:1}',
    '{"a"=1}',
    '{"a":1}}',
    '{"a":1}#',
    '{"a":/*x*/1}',
    '{"x", 1}',
  ],
  bom: ['\u{feff}', '\u{feff}\u{feff}[]', '[\u{feff}]', '[]\u{feff}', ' \u{feff}[]'],
  depth: ['['.repeat(100_000), '{"a":'.repeat(50_000), `${'['.repeat(500)}${']'.repeat(499)}`],
};
/** Bytes that are no UTF-8, marks of other encodings: left to each reader by the RFC, and here as the platform has it. */
const I = {
  'a byte-order mark': '\xef\xbb\xbf{}',
  'a byte-order mark alone': '\xef\xbb\xbf',
  'half a byte-order mark': '\xef\xbb{}',
  'UTF-16, little end first': '\xff\xfe[\0]\0',
  'UTF-16, big end first': '\xfe\xff\0[\0]',
  'UTF-16 without a mark': '[\0"\0\xe9\0"\0]\0',
  'a stray continuation': '["\x81"]',
  'a byte that no UTF-8 has': '["\xff"]',
  'a cut-off sequence': '["\xe0\xff"]',
  'an overlong slash': '["\xc0\xaf"]',
  'an overlong sequence of six': '["\xfc\x80\x80\x80\x80\x80"]',
  'a surrogate in UTF-8': '["\xed\xa0\x80"]',
  'beyond Unicode': '["\xf4\xbf\xbf\xbf"]',
  'Latin-1': '["\xe9"]',
  'bytes outside of a string': '[\xff]',
  'bytes in a key': '{"\xff":1}',
  'cut off in a character': '["\xe2\x82',
};

describe('is JSON here exactly where JSON.parse takes it', () => {
  for (const [category, texts] of Object.entries(Y)) {
    test(`to be taken: ${category}`, () => {
      for (const text of texts) {
        assert.equal('value' in oracle(utf8(text)), true, text);
        assert.equal(isTaken(utf8(text)), true, text);
        agree(utf8(`{"id":"a","status":"queued","x":${text}}`));
      }
    });
  }
  for (const [category, texts] of Object.entries(N)) {
    test(`to be refused: ${category}`, () => {
      for (const text of texts) {
        assert.equal('value' in oracle(utf8(text)), false, text);
        assert.equal(isTaken(utf8(text)), false, text.slice(0, 80));
      }
    });
  }
  for (const [name, text] of Object.entries(I)) {
    test(`left to the reader: ${name}`, () => {
      agree(Buffer.from(text, 'latin1'));
      agree(Buffer.from(`{"id":"a","status":"queued","prompt":${text}}`, 'latin1'));
    });
  }
});

/** A task of the OpenAI form around one value. @param {string} field @param {string} json */
const around = (field, json) => utf8(`{"object":"video","id":"a","status":"queued","${field}":${json}}`);

describe('gives the values that JSON.parse gives', () => {
  test('texts, lone surrogates replaced', () => {
    for (const json of [...Y.strings, ...Y.escapes, ...Y.surrogates].filter((json) => json.startsWith('"'))) {
      const task = parseTask(around('prompt', json));
      assert.equal(task.prompt, wellFormed(JSON.parse(json)), json);
      assert.deepEqual(task.raw, oracle(around('prompt', json)).value);
    }
  });

  test('numbers to the bit, unless they are beyond all', () => {
    for (const json of Y.numbers) {
      const number = JSON.parse(json);
      const expected = Number.isFinite(number) && number >= 0 ? number : null;
      const task = parseTask(around('seconds', json));
      assert.ok(Object.is(task.durationSeconds, expected), `${json}: ${task.durationSeconds}`);
      assert.deepEqual(task.raw, oracle(around('seconds', json)).value);
    }
  });

  test('an id that is a number with all its digits', () => {
    const task = parseTask('{"object":"video","id":9007199254740993,"status":"queued"}');
    assert.equal(task.responseId, '9007199254740993');
    assert.equal(/** @type {any} */ (task.raw).id, 9007199254740992);
  });

  test('of a key that comes twice the last, however it is written', () => {
    for (const body of [
      '{"id":"a","object":"video","status":"queued","status":"failed","status":"completed"}',
      '{"id":"a","object":"video","status":"queued","st\\u0061tus":"completed"}',
      '{"id":"a","object":"video","st\\u0061tus":"queued","status":"completed"}',
    ]) {
      assert.equal(parseTask(body).rawStatus, JSON.parse(body).status, body);
      assert.equal(explainTask(body).fields.find(({ field }) => field === 'rawStatus')?.path, 'status');
    }
  });

  test('bytes that are no UTF-8 as TextDecoder has them', () => {
    for (const text of Object.values(I)) {
      const bytes = Buffer.concat([
        utf8('{"object":"video","id":"a","status":"queued","prompt":"x'),
        Buffer.from(text.replace(/["\\\0]/g, ''), 'latin1'),
        utf8('"}'),
      ]);
      assert.equal(parseTask(bytes).prompt, oracle(bytes).value.prompt, JSON.stringify(text));
    }
  });
});

describe('agrees on documents that are made at random, always the same ones', () => {
  const random = randomFrom(20);

  test('as they are made', () => {
    for (let count = 0; count < 1500; count++) {
      const bytes = utf8(document(random, 4));
      assert.equal('value' in oracle(bytes), true);
      assert.equal(isTaken(bytes), true, Buffer.from(bytes).toString());
    }
  });

  test('with bytes changed', () => {
    const taken = { yes: 0, no: 0 };
    for (let count = 0; count < 4000; count++) {
      const bytes = Uint8Array.from(changed(random, [...utf8(document(random, 3))]));
      taken['value' in oracle(bytes) ? 'yes' : 'no']++;
      agree(bytes);
    }
    assert.ok(taken.yes > 400 && taken.no > 400, JSON.stringify(taken));
  });

  test('their texts, numbers and raw', () => {
    for (let count = 0; count < 1500; count++) {
      const [prompt, seconds, more] = [text(random), number(random), document(random, 3)];
      const fields = `"prompt":${prompt},"seconds":${seconds},"x":${more}`;
      const body = utf8(`{"object":"video","id":"a","status":"queued",${fields}}`);
      const task = parseTask(body);
      const { value } = oracle(body);
      assert.equal(task.prompt, wellFormed(value.prompt) || null, prompt);
      const expected = value.seconds >= 0 && Number.isFinite(value.seconds) ? value.seconds : null;
      assert.ok(Object.is(task.durationSeconds, expected), `${seconds}: ${task.durationSeconds}`);
      assert.deepEqual(task.raw, value);
    }
  });
});

test('says where a body that is no JSON stops being it', () => {
  const message = 'The answer is not JSON: byte 10 cannot stand there.';
  assert.throws(() => parseTask('{"id": nul}'), { code: 'invalid_response', message });
});

/**
 * As `String.prototype.toWellFormed`, which Node 20 has and the types of this project's target do not.
 *
 * @param {string} text
 */
function wellFormed(text) {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/** Mulberry32. @param {number} seed @returns {(below: number) => number} */
function randomFrom(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** @typedef {(below: number) => number} Random */

/** @param {Random} random @template T @param {readonly T[]} choices @returns {T} */
function one(random, choices) {
  return choices[random(choices.length)];
}

/** @param {Random} random @param {number} depth @returns {string} */
function document(random, depth) {
  const space = () => one(random, ['', '', '', ' ', '\n', '\t', '\r\n']);
  const comma = () => `${space()},${space()}`;
  const many = (/** @type {() => string} */ item) => Array.from({ length: random(5) }, item).join(comma());
  switch (random(depth > 0 ? 7 : 4)) {
    case 0:
      return text(random);
    case 1:
      return number(random);
    case 2:
      return one(random, ['null', 'true', 'false']);
    case 3:
      return one(random, ['[]', '{}', '""', '0']);
    case 4:
      return `${space()}[${space()}${many(() => document(random, depth - 1))}${space()}]${space()}`;
    default:
      return `{${space()}${many(() => `${text(random)}${space()}:${space()}${document(random, depth - 1)}`)}}`;
  }
}

/** @param {Random} random */
function text(random) {
  const pieces = [
    'a',
    ' ',
    'é',
    '€',
    '𝄞',
    '\u{7f}',
    '\u2028',
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\u0000',
    '\\ud83d\\ude39',
    '\\uD800',
    '\\udfff',
    '\\u00e9',
    'id',
    '{',
    '[',
    ':',
    ',',
  ];
  return `"${Array.from({ length: random(6) }, () => one(random, pieces)).join('')}"`;
}

/** @param {Random} random */
function number(random) {
  const digits = (/** @type {number} */ most) => Array.from({ length: 1 + random(most) }, () => random(10)).join('');
  const whole = one(random, ['0', `${1 + random(9)}${digits(25)}`, `${1 + random(9)}`]);
  const decimals = random(2) ? `.${digits(25)}` : '';
  const exponent = random(3) ? '' : `${one(random, ['e', 'E'])}${one(random, ['', '+', '-'])}${random(400)}`;
  return `${random(5) ? '' : '-'}${whole}${decimals}${exponent}`;
}

/** @param {Random} random @param {number[]} bytes */
function changed(random, bytes) {
  for (let changes = 1 + random(2); changes > 0; changes--) {
    const at = random(bytes.length + 1);
    const byte = random(3) ? one(random, [...utf8('{}[]:,"\\0-+.eE tfn\n\u{feff}')]) : random(256);
    if (random(3) === 0) bytes.splice(at, 1);
    else bytes.splice(at, random(2), byte);
  }
  return bytes;
}
