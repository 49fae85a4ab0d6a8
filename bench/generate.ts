/** A snapshot to measure with: `npx tsx bench/generate.ts FOLDER [--buckets 10000] [--modules 0.9] [--others 0]`. */
import { parseArgs } from 'node:util';
import { writeSnapshot } from './snapshot/write.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    buckets: { type: 'string', default: '10000' },
    modules: { type: 'string', default: '0.9' },
    others: { type: 'string', default: '0' },
  },
});
const [folder = 'dist/bench'] = positionals;
const file = await writeSnapshot(folder, {
  buckets: Number(values.buckets),
  modules: Number(values.modules),
  others: Number(values.others),
});
process.stdout.write(`${file}\n`);
