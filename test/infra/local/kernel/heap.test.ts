import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHeap } from '../../../../infra/local/kernel/heap';

describe('createHeap', () => {
  it('gives back any items in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const heap = createHeap<number>((a, b) => a - b);
        numbers.forEach((number) => heap.push(number));
        const drained = numbers.map(() => heap.pop());
        expect(drained).toEqual([...numbers].sort((a, b) => a - b));
        expect(heap.first()).toBeUndefined();
      }),
    );
  });

  it('is empty after clear', () => {
    const heap = createHeap<number>((a, b) => a - b);
    heap.push(1);
    heap.clear();
    expect(heap.pop()).toBeUndefined();
  });
});
