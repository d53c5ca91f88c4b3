import { defineConfig } from 'vitest/config';

/**
 * The tests that reach `wire/`, on their own: short ones, and no fuzzing, which reaches much and asserts little of it. The
 * sources are run by Node itself, so that what V8 counts are their own places.
 */
export default defineConfig({
  test: {
    include: ['test/unit/wire/**/*.test.ts', 'test/live/{live-machine,netbios-session,faults-scripted}.test.ts'],
    exclude: ['**/fuzz/**'],
    setupFiles: ['test/reached/setup.ts'],
    experimental: { viteModuleRunner: false },
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
