/** An importer in a process of its own, for the tests that kill it and that run several. Arguments: arrivals, store. */
import { importArrivals } from '../../../server/src/results/importer.ts';
import { openSqliteStore } from '../../../server/src/results/sqlite.ts';

const [arrivals = '', file = ''] = process.argv.slice(2);
const store = await openSqliteStore(file);
await importArrivals(arrivals, store);
await store.close();
