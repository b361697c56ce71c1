/** The version from which on V8 has another measure for code that is worth optimizing, and no such flag. */
const OTHER_MEASURE = 22;

/**
 * Flags of Node for processes that run much of the code, each part of it seldom. Garbage that is collected young costs
 * nothing, and optimized code pays for its compilation only where it runs more often than V8 thinks.
 */
export const ENGINE_FLAGS: readonly string[] = [
  '--max-semi-space-size=64',
  ...(Number.parseInt(process.versions.node, 10) < OTHER_MEASURE ? ['--interrupt-budget=400000'] : []),
];
