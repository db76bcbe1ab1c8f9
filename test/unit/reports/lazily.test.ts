import { expect, test, vi } from 'vitest';
import { renderTerminal } from '../../../reports/formats/terminal.ts';
import { lazily } from '../../../reports/lazily.ts';
import { present } from '../../../reports/model.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

test('a property is made when it is first read, and once', () => {
  const made = vi.fn(() => ['one']);
  const object = lazily<{ readonly list: string[]; readonly other?: string }>({
    list: made,
    other: () => undefined,
  });
  expect(made).not.toHaveBeenCalled();
  expect(object.list).toBe(object.list);
  expect(made).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(object)).toBe('{"list":["one"]}');
});

test('a property that could not be made is tried again', () => {
  const make = vi.fn<() => string>().mockImplementationOnce(() => {
    throw new Error('not yet');
  });
  make.mockReturnValue('now');
  const object = lazily<{ readonly text: string }>({ text: make });
  expect(() => object.text).toThrow('not yet');
  expect(object.text).toBe('now');
});

test('the terminal pays for no checksums of what was measured', () => {
  const input = reportInput(calm);
  const sha256 = vi.fn(() => ({}));
  const model = present({ ...input, run: { ...input.run, sha256 } });
  renderTerminal(model, { color: false, columns: 80 });
  expect(sha256).not.toHaveBeenCalled();
  expect(model.document.evidence.sha256).toEqual({});
  expect(sha256).toHaveBeenCalled();
});
