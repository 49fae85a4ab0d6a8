export { jsonLine } from '../values/json-line.ts';
