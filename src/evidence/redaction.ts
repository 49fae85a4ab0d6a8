import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '../records/reading.ts';
import { canonicalJson, SortedRows } from '../results/index.ts';
import type { AddressableDecision } from '../settings/addressable.ts';
import type { Waiver } from '../settings/waiver.ts';
import { uuidOf } from './oscal/ids.ts';

/** By whom something is waived, and until when. */
type Terms = Pick<Waiver, 'owner' | 'approver' | 'expires'>;

/**
 * Replaces names by pseudonyms that a secret key makes: the same name has the same one in every bundle, so that counts add up and
 * rows can be followed, and no one without the key can try names. Sentences lose the values that the data filled in, and records,
 * answers and settings are left out, so a redacted bundle cannot be judged again.
 */
export class Redaction {
  readonly #key: Buffer;
  readonly #names = new Map<string, string>();
  readonly #scratch: string;
  #sorted = 0;

  /**
   * @param key at least 16 bytes. @param scratch a folder for what is sorted and does not fit into memory, which the caller removes.
   * @throws RangeError for a shorter key.
   */
  constructor(key: Buffer, scratch = join(tmpdir(), `s3-config-rules-${process.pid}`)) {
    this.#scratch = scratch;
    if (key.length < 16) throw new RangeError('The key for pseudonyms has fewer than 16 bytes.');
    this.#key = key;
  }

  /** Rows in the order of their pseudonyms: that of the names would tell of these. */
  sorting(): SortedRows {
    return new SortedRows(join(this.#scratch, `redacted-${this.#sorted++}`));
  }

  /** "account-1f2e3d4c5b": the pseudonym of a name of this kind. */
  name(kind: string, value: string): string {
    if (value === '') return '';
    const known = this.#names.get(`${kind}\n${value}`);
    if (known !== undefined) return known;
    const digest = createHmac('sha256', this.#key).update(`${kind}\n${value}`).digest('hex');
    const made = `${kind}-${digest.slice(0, 16)}`;
    // Bounded, because a large organization has more names than memory should hold.
    if (this.#names.size < 100_000) this.#names.set(`${kind}\n${value}`, made);
    return made;
  }

  subject({ type, id, name, arn, account, region }: Identity): Identity {
    return {
      ...{ type, region },
      id: this.name('id', id),
      name: this.name('name', name),
      arn: this.name('arn', arn),
      account: this.account(account),
    };
  }

  /** A UUID of version 5 in place of one that anybody could make from the names. */
  uuid(id: string): string {
    return uuidOf('redacted', this.name('id', id));
  }

  account(account: string): string {
    return this.name('account', account);
  }

  terms({ owner, approver, expires }: Terms): Terms {
    return {
      owner: this.name('person', owner),
      approver: this.name('person', approver),
      expires,
    };
  }

  /** Its texts may name anything. */
  decision({ decidedBy, ...said }: AddressableDecision): AddressableDecision {
    const { requirement, decision, at } = said;
    return {
      ...{ requirement, decision, at, decidedBy: this.name('person', decidedBy) },
      ...{ assessment: 'redacted', document: 'redacted' },
      ...(said.reason === undefined ? {} : { reason: 'redacted' }),
      ...(said.alternative === undefined ? {} : { alternative: 'redacted' }),
    };
  }

  waiver({ id, rule, subject: _, created, ...rest }: Waiver): Waiver {
    return {
      ...{ id: this.name('waiver', id), rule, created },
      ...this.terms(rest),
      subject: { arn: this.name('subject', canonicalJson(_)) },
      reason: 'redacted',
    };
  }
}
