import { readFileSync, writeFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';

// What a function in a few lines does: read the whole list, write the whole list.
writeFileSync(1, dump(load(readFileSync(0, 'utf8')), { noRefs: true, lineWidth: -1 }));
