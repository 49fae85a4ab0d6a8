/** Policies that people write, and policies of 20 KB made to be slow. */

type Statement = Readonly<Record<string, unknown>>;

const bucket = 'arn:aws:s3:::example-bucket';
const everything = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
const open = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

const typical: readonly Statement[] = [
  {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket, `${bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'Partner',
    Effect: 'Allow',
    Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/Etl'] },
    Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
    Resource: [bucket, `${bucket}/shared/*`],
  },
  {
    Sid: 'Organization',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `${bucket}/*`,
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
  },
  {
    Sid: 'Trail',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${bucket}/AWSLogs/*`,
    Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
  },
];

const size = 20_480;
const textOf = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** As many statements as S3 would store. */
function fill(make: (n: number) => Statement | readonly Statement[], first: readonly Statement[]) {
  let text = textOf(first);
  for (let list = [...first], n = 0; ; n++) {
    list = [...list, ...[make(n)].flat()];
    const longer = textOf(list);
    if (longer.length > size) return text;
    text = longer;
  }
}

/** One statement with as many entries as S3 would store. */
function list(make: (n: number) => string, build: (entries: readonly string[]) => Statement[]) {
  const entries: string[] = [];
  while (textOf(build([...entries, make(entries.length)])).length <= size)
    entries.push(make(entries.length));
  return textOf(build(entries));
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const letter = (n: number): string => letters[n % 26] ?? 'a';
const account = (n: number): string => String(200_000_000_000 + n);
const limited = (key: string, n: number) => ({ StringEquals: { [key]: `v${n}` } });
/** A different set of actions for each n, by question marks. */
const marks = (n: number): string => `s3:${'?'.repeat(n % 24)}${letter(n)}*`;

export const policies: readonly (readonly [string, string])[] = [
  ['typical', textOf(typical)],
  [
    'many action classes',
    fill(
      (n) => ({ ...everything, Action: marks(n), Condition: limited('aws:UserAgent', n) }),
      [open],
    ),
  ],
  [
    'many action classes, conditions on the caller',
    fill(
      (n) => ({
        ...everything,
        Action: marks(n),
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': account(n) } },
      }),
      [open],
    ),
  ],
  [
    'action lists of question marks',
    fill(
      (n) => ({
        ...everything,
        Action: Array.from({ length: 12 }, (_, k) => marks(n * 7 + k)),
        Principal: { AWS: account(n) },
      }),
      [open],
    ),
  ],
  [
    'action wildcards, many grants',
    fill(
      (n) => [
        { ...open, Action: marks(n), Principal: { AWS: '111122223333' } },
        { ...everything, Action: `s3:*${letter(n)}*${letter(n * 3)}*` },
      ],
      [],
    ),
  ],
  [
    'long action globs',
    list(
      (n) => `s3:*${letter(n)}*${letter(n + 5)}*${letter(n + 9)}?`,
      (Action) => [{ ...open, Action, Principal: { AWS: '111122223333' } }, everything],
    ),
  ],
  [
    'many NotAction',
    fill(
      (n) => ({
        Effect: 'Deny',
        Principal: '*',
        NotAction: [marks(n), marks(n + 3)],
        Resource: '*',
        Condition: limited('aws:UserAgent', n),
      }),
      [open],
    ),
  ],
  [
    'many object globs',
    list(
      (n) => `${bucket}/*${letter(n)}*${n}?`,
      (Resource) => [
        { ...open, Resource, Principal: { AWS: '111122223333' } },
        { ...everything, Resource },
      ],
    ),
  ],
  [
    'object globs against object globs',
    fill(
      (n) => [
        { ...open, Resource: `${bucket}/*${letter(n)}*${n}*`, Principal: { AWS: '111122223333' } },
        { ...everything, Resource: `${bucket}/*${n}*` },
      ],
      [],
    ),
  ],
  [
    'many resources of question marks',
    list(
      (n) => `*${'?*'.repeat(n % 9)}${n}`,
      (Resource) => [{ ...open, Resource, Principal: '*' }, everything],
    ),
  ],
  [
    'many accounts',
    list(account, (AWS) => [
      open,
      {
        ...everything,
        Principal: { AWS },
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
      },
    ]),
  ],
  [
    'many accounts, each denied',
    fill((n) => ({ ...everything, Principal: { AWS: account(n) } }), [open]),
  ],
  [
    'many accounts, every one fenced',
    list(account, (AWS) => [
      { ...open, Principal: { AWS } },
      { ...everything, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } } },
    ]),
  ],
  [
    'many roles of one account',
    list(
      (n) => `arn:aws:iam::444455556666:role/r${n}`,
      (AWS) => [
        { ...open, Principal: { AWS: '444455556666' } },
        { ...everything, Principal: { AWS } },
      ],
    ),
  ],
  [
    'many organizations',
    list(
      (n) => `o-${account(n)}`,
      (ids) => [
        { ...open, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': ids } } },
        { ...everything, Condition: { StringEquals: { 'aws:PrincipalOrgID': ids } } },
      ],
    ),
  ],
  [
    'many services',
    list(
      (n) => `s${n}.amazonaws.com`,
      (Service) => [
        { ...open, Principal: { Service } },
        { ...everything, Condition: { StringNotEquals: { 'aws:SourceAccount': '123456789012' } } },
      ],
    ),
  ],
  [
    'many source accounts',
    list(account, (ids) => [
      {
        ...open,
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': ids } },
      },
      { ...everything, Condition: { StringEquals: { 'aws:SourceAccount': ids } } },
    ]),
  ],
  [
    'keys crossing keys',
    fill(
      (n) => [
        { ...open, Condition: { StringEquals: { [`s3:a${n}`]: 'a', [`s3:b${n}`]: 'b' } } },
        {
          ...everything,
          Condition: { StringEquals: { [`s3:a${n}`]: 'a', [`s3:b${n + 1}`]: 'b' } },
        },
      ],
      [],
    ),
  ],
  [
    'a world for every bit',
    fill(
      (n) => ({
        ...everything,
        Condition: {
          StringEquals: {
            [`s3:k${n % 14}`]: `${n % 3}`,
            [`s3:k${(n * 5 + 1) % 14}`]: `${n % 2}`,
            'aws:SecureTransport': 'true',
          },
        },
      }),
      [open],
    ),
  ],
  ['one long glob', textOf([{ ...open, Resource: `*${'a?'.repeat(9900)}b` }, everything])],
  [
    'one long glob against itself',
    textOf([
      { ...open, Resource: `${bucket}/*${'a?'.repeat(480)}b*`, Principal: { AWS: '111122223333' } },
      ...Array.from({ length: 8 }, (_, n) => ({
        ...everything,
        Resource: `${bucket}/*${'?a'.repeat(900)}${n}*`,
      })),
    ]),
  ],
  ['stars without end', textOf([{ ...open, Resource: '*'.repeat(20_000) }, everything])],
  [
    'long value',
    textOf([
      { ...open, Condition: { StringLike: { 'aws:UserAgent': `*${'a?'.repeat(9500)}` } } },
      { ...everything, Condition: { StringLike: { 'aws:UserAgent': 'a'.repeat(200) } } },
    ]),
  ],
  [
    'prefixes against action classes',
    fill(
      (n) => ({ ...everything, Action: marks(n), Resource: `${bucket}/${letter(n)}*` }),
      [
        {
          ...open,
          Principal: { AWS: '111122223333' },
          Resource: Array.from({ length: 120 }, (_, n) => `${bucket}/${letter(n)}${n}*`),
        },
      ],
    ),
  ],
  [
    'fenced, class by class, for each account',
    fill(
      (n) => ({
        ...everything,
        Action: marks(n),
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': `o-${n % 5}` } },
      }),
      [
        { ...open, Principal: { AWS: Array.from({ length: 100 }, (_, n) => account(n)) } },
        {
          ...everything,
          NotAction: 's3:*',
          Action: undefined,
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
        },
      ],
    ),
  ],
  [
    'short globs against short globs',
    textOf([
      {
        ...open,
        Principal: { AWS: '111122223333' },
        Resource: Array.from({ length: 1300 }, (_, n) => `*?${n}`),
      },
      { ...everything, Resource: Array.from({ length: 1200 }, (_, n) => `*${n}?`) },
    ]),
  ],
  [
    'NotResource against objects',
    textOf([
      {
        ...open,
        Principal: { AWS: '111122223333' },
        Resource: Array.from({ length: 100 }, (_, n) => `*?${n}`),
      },
      {
        ...everything,
        Resource: undefined,
        NotResource: Array.from({ length: 2200 }, (_, n) => `*${n}?`),
      },
    ]),
  ],
  [
    'patterns against written values',
    textOf([
      {
        ...open,
        Condition: {
          StringEquals: {
            'aws:UserAgent': Array.from({ length: 10 }, (_, n) => `${'a'.repeat(990)}${n}`),
          },
        },
      },
      {
        ...everything,
        Condition: {
          StringLike: {
            'aws:UserAgent': Array.from({ length: 10 }, (_, n) => `*${'a?'.repeat(240)}b${n}*`),
          },
        },
      },
    ]),
  ],
  [
    'source accounts against globs',
    list(account, (ids) => [
      { ...open, Principal: { AWS: ids.slice(0, ids.length / 2) } },
      {
        ...everything,
        Condition: {
          StringNotLike: {
            'aws:SourceAccount': ids.slice(ids.length / 2).map((id) => `*${id.slice(4)}?`),
          },
        },
      },
    ]),
  ],
  [
    'wide conditions',
    fill(
      (n) => ({
        ...everything,
        Condition: {
          StringNotEquals: Object.fromEntries(
            Array.from({ length: 20 }, (_, k) => [`s3:k${k}`, `${(n * k) % 7}`]),
          ),
        },
      }),
      [open],
    ),
  ],
  [
    'long keys against question marks',
    textOf([
      {
        ...open,
        Principal: { AWS: '111122223333' },
        Resource: Array.from({ length: 10 }, (_, n) => `${bucket}/${'a'.repeat(990)}${n}`),
      },
      {
        ...everything,
        Resource: Array.from({ length: 10 }, (_, n) => `*${'a?'.repeat(450)}b${n}*`),
      },
    ]),
  ],
  ...[20, 150, 300].map((width): readonly [string, string] => [
    `${width} conditions in each Deny`,
    fill(
      (n) => ({
        ...everything,
        Condition: {
          StringNotEquals: Object.fromEntries(
            Array.from({ length: width }, (_, k) => [`s3:k${k}`, `${(n * k) % 7}`]),
          ),
        },
      }),
      [open],
    ),
  ]),
  [
    'accounts crossing keys',
    fill((n) => {
      const Principal = { AWS: Array.from({ length: 5 }, (_, k) => account(n * 5 + k)) };
      const values = [0, 1, 2].map((k) => [`s3:k${(n + k) % 9}`, `${k}`]);
      const Condition = { StringNotEquals: Object.fromEntries(values) };
      return [
        { ...open, Principal },
        { ...everything, Principal, Condition },
      ];
    }, []),
  ],
  [
    'services crossing sources',
    fill((n) => {
      const ids = { 'aws:SourceAccount': account(n), 'aws:SourceOrgID': `o-${account(n)}` };
      const ArnLike = { 'aws:SourceArn': `arn:aws:sns:*:${account(n + 1)}:*` };
      return [
        {
          ...open,
          Principal: { Service: [`s${n}.amazonaws.com`, `t${n}.amazonaws.com`] },
          Condition: { StringNotEquals: ids, ArnNotLike: ArnLike },
        },
        { ...everything, Condition: { StringEquals: ids, ArnLike } },
      ];
    }, []),
  ],
  [
    'forty teams (nothing hostile)',
    textOf([
      ...typical.slice(0, 1),
      ...Array.from({ length: 40 }, (_, n) => ({
        Sid: `Team${n}`,
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
        Resource: [bucket, `${bucket}/teams/team-${n}/*`],
        Condition: {
          ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account(n)}:role/team-${n}-*` },
          StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg', 'aws:SourceVpc': `vpc-${n}` },
        },
      })),
    ]),
  ],
];
