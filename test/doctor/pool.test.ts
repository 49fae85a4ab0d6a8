import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { eachOf } from '../../src/services/pool.ts';

it('works on so many at a time, and keeps the order', async () => {
  let [running, most] = [0, 0];
  const results = await eachOf([5, 1, 4, 2, 3, 0], 2, async (turns) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    running--;
    return turns * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30, 0]);
  expect(most).toBe(2);
  expect(await eachOf([], 2, async () => 1)).toEqual([]);
});

it('fails when the work does', async () => {
  const failing = eachOf([1, 2], 8, async (each) => {
    if (each === 2) throw new Error('two');
  });
  await expect(failing).rejects.toThrow('two');
});
