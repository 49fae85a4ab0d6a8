export * from '../../values/html.ts';
