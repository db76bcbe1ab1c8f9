import { expect, it } from 'vitest';
import { cleanDeep, cleanText } from '../../../reports/clean.ts';

it('makes one line of any text', () => {
  expect(cleanText('a\r\nb\u2028c\td')).toBe('a b c d');
});

it('takes escape sequences, bidi overrides and lone surrogates away', () => {
  expect(cleanText('\u001b[31mred\u202egnp.exe\ud800')).toBe('[31mred gnp.exe');
});

it('keeps letters of every language and emoji', () => {
  expect(cleanText('Größe 注文 🛒')).toBe('Größe 注文 🛒');
});

it('cuts a text that no layout survives, between characters', () => {
  const cut = cleanText('🛒'.repeat(5000));
  expect(Array.from(cut)).toHaveLength(601);
  expect(cut.endsWith('🛒…')).toBe(true);
});

it('reaches every string inside a value and nothing else', () => {
  expect(cleanDeep({ a: ['x\ny', 1, null], b: { c: 'z\u0000' } })).toEqual({
    a: ['x y', 1, null],
    b: { c: 'z' },
  });
});
