import { readFileSync, writeFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';

// What a function of a few lines does: it reads the whole list and writes the whole list.
writeFileSync(1, dump(load(readFileSync(0, 'utf8')), { noRefs: true, lineWidth: -1 }));
