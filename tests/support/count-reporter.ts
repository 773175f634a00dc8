/** Ends the output of a test run with one line: how many tests passed and how many failed. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    let passed = 0;
    // A file that cannot be loaded and an error outside all tests are failures too.
    let failed = unhandledErrors.length;
    for (const module of modules) {
      if (module.errors().length > 0) failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        if (state === 'failed') failed++;
      }
    }
    // After everything that the other reporters still have to say.
    process.once('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}
