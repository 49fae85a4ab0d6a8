// The trails of the account's home Region are read as those of a bucket's Region are.
export { trails } from '../bucket/asked/trails.ts';
