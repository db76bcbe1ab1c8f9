import { expect, it } from 'vitest';
import { redact } from '../../../runner/redact.ts';

it.each([
  ['as it is', 'token s3cret-value!', 'token ***'],
  ['twice', 's3cret-value! and s3cret-value!', '*** and ***'],
  ['encoded for a URL', 'https://shop/?key=a%2Fb%20c%3D', 'https://shop/?key=***'],
  ['in base64', `Basic ${Buffer.from('s3cret-value!').toString('base64')}`, 'Basic ***'],
  ['in JSON', JSON.stringify({ key: 'quo"te\\d' }), '{"key":"***"}'],
])('blanks out a secret %s', (_, text, clean) => {
  expect(redact(text, ['s3cret-value!', 'a/b c=', 'quo"te\\d'])).toBe(clean);
});

it('leaves the text alone for secrets too short to tell from words', () => {
  expect(redact('a cat', ['cat', '', 'a'])).toBe('a cat');
});

it('blanks out the longest first, so that no tail of it stays', () => {
  expect(redact('abcdefgh', ['abcd', 'abcdefgh'])).toBe('***');
});
