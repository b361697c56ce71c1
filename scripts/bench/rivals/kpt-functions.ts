import { run } from 'kpt-functions';

// A function on kpt-functions that changes nothing: what any function on it costs at least.
run(Object.assign(async () => {}, { usage: 'Changes nothing.' }));
