/**
 * An importer in a process of its own, for the tests that kill it and that run several. Tells when it begins. Arguments:
 * arrivals, store, and `again` to look again for as long as it lives.
 */
import { importArrivals } from '../../../server/src/results/importer.ts';
import { openSqliteStore } from '../../../server/src/results/sqlite.ts';

const [arrivals = '', file = '', again] = process.argv.slice(2);
const store = await openSqliteStore(file);
process.send?.('begins');
do await importArrivals(arrivals, store);
while (again === 'again');
await store.close();
process.disconnect();
