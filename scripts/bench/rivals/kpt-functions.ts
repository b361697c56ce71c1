import { run } from 'kpt-functions';

// A function on kpt-functions that changes nothing. It shows the least that any function on that library costs.
run(Object.assign(async () => {}, { usage: 'Changes nothing.' }));
