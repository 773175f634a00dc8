/** An arbitrary that mostly takes the usual value. */
import fc from 'fast-check';

/** The usual value `times` times as often as one of the others. */
export function often<T>(usual: T, other: fc.Arbitrary<T>, times: number): fc.Arbitrary<T> {
  return fc.oneof({ weight: times, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}
