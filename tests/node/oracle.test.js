// @ts-check
/**
 * Bodies against the platform's own reader: what `JSON.parse(new TextDecoder().decode(bytes))` takes is JSON here, what
 * it refuses is none, and the values are the same. Three differences are meant; the README, "How bodies are read",
 * lists them and says why.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LEFT, REFUSED, TAKEN } from './json-cases.js';
import { explainTask, parseTask } from './packed.js';
import { changed, document, number, randomFrom, text, utf8 } from './random-json.js';

const NO_JSON = /^The (answer is not JSON|answer was cut off|service answered with (an empty body|a web page))/;

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

describe('is JSON here exactly where JSON.parse takes it', () => {
  for (const [category, texts] of Object.entries(TAKEN)) {
    test(`to be taken: ${category}`, () => {
      for (const text of texts) {
        assert.equal('value' in oracle(utf8(text)), true, text);
        assert.equal(isTaken(utf8(text)), true, text);
        agree(utf8(`{"id":"a","status":"queued","x":${text}}`));
      }
    });
  }
  for (const [category, texts] of Object.entries(REFUSED)) {
    test(`to be refused: ${category}`, () => {
      for (const text of texts) {
        assert.equal('value' in oracle(utf8(text)), false, text);
        assert.equal(isTaken(utf8(text)), false, text.slice(0, 80));
      }
    });
  }
  for (const [name, text] of Object.entries(LEFT)) {
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
    for (const json of [...TAKEN.strings, ...TAKEN.escapes, ...TAKEN.surrogates].filter((json) =>
      json.startsWith('"'),
    )) {
      const task = parseTask(around('prompt', json));
      assert.equal(task.prompt, wellFormed(JSON.parse(json)), json);
      assert.deepEqual(task.raw, oracle(around('prompt', json)).value);
    }
  });

  test('numbers to the bit, unless they are beyond all or not above zero', () => {
    for (const json of TAKEN.numbers) {
      const number = JSON.parse(json);
      const expected = Number.isFinite(number) && number > 0 ? number : null;
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
    for (const text of Object.values(LEFT)) {
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
      const expected = value.seconds > 0 && Number.isFinite(value.seconds) ? value.seconds : null;
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
