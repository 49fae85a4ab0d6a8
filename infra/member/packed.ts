import { brotliCompressSync, constants } from 'node:zlib';
import { contentHash } from '../../src/generate/bundle.ts';

const WIDTH = 120;

/** Compressing takes a second, and one run may write the same function into many templates. */
const files = new Map<string, string>();

/**
 * The file that stands in a template for a bundle: the bundle, compressed, and a few lines that unpack and run it. A template
 * holds three bundles, and CloudFormation takes 1 MB from S3; compressed they are a third. The code as it is lies in dist/lambda.
 * @param name of the function.
 */
export function packed(bundle: string, name: string): string {
  const key = `${name} ${contentHash(bundle)}`;
  const file = files.get(key) ?? packedAnew(bundle, name);
  files.set(key, file);
  return file;
}

function packedAnew(bundle: string, name: string): string {
  const compressed = brotliCompressSync(bundle, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(bundle),
    },
  }).toString('base64');
  return [
    `// s3-config-rules, function ${name}: dist/lambda/${name}.js, compressed with Brotli. SHA-256 of the code below is`,
    `// ${contentHash(bundle)}.`,
    "const { createHash } = require('node:crypto');",
    "const { compileFunction } = require('node:vm');",
    "const { brotliDecompressSync } = require('node:zlib');",
    "const code = brotliDecompressSync(Buffer.from(packed(), 'base64'));",
    `if (createHash('sha256').update(code).digest('hex') !== '${contentHash(bundle)}') throw new Error('The code is damaged.');`,
    "const run = compileFunction(code.toString(), ['exports', 'require', 'module'], { filename: __filename });",
    'run(exports, require, module);',
    'function packed() {',
    `  return \`${compressed.replace(new RegExp(`.{${WIDTH}}`, 'g'), '$&\n')}\`;`,
    '}',
    '',
  ].join('\n');
}
