import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { ReadFile } from './serve.ts';

/** The files of a folder. One that is a link to a place outside is none of them: a folder that came from others may hold one. */
export const folderReader =
  (folder: string): ReadFile =>
  async (name) => {
    try {
      const path = await realpath(join(folder, name));
      return path.startsWith(`${await realpath(folder)}${sep}`) ? await readFile(path) : null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
      throw error;
    }
  };

/** `s3://bucket/prefix`, taken apart; null for what is none. */
export function s3Place(
  place: string,
): { readonly bucket: string; readonly prefix: string } | null {
  const [, bucket, rest = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(place) ?? [];
  if (bucket === undefined) return null;
  const prefix = rest.replace(/\/+$/, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

/** The objects below a prefix, read with the credentials of the caller. @throws Error when the SDK is not installed. */
export async function s3Reader({
  bucket,
  prefix,
}: {
  bucket: string;
  prefix: string;
}): Promise<ReadFile> {
  const sdk = await import('@aws-sdk/client-s3').catch(() => {
    throw new Error('Reading from S3 needs the AWS SDK: npm install @aws-sdk/client-s3');
  });
  // The bucket may be in any Region, whichever the caller is configured for.
  const client = new sdk.S3Client({ followRegionRedirects: true });
  return async (name) => {
    try {
      const { Body } = await client.send(
        new sdk.GetObjectCommand({ Bucket: bucket, Key: `${prefix}${name}` }),
      );
      return (await Body?.transformToByteArray()) ?? null;
    } catch (error) {
      if (error instanceof sdk.NoSuchKey) return null;
      throw error;
    }
  };
}
