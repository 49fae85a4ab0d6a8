import type { Identity } from '../../records/reading.ts';
import type { SubjectRow } from '../../results/index.ts';
import { markup, prop, uuidOf } from './ids.ts';

/** The same resource has the same id in every document. */
export const subjectId = ({ type, id, arn, account, region }: Identity): string =>
  uuidOf('subject', type, account, region, arn, id);

/** A resource of the population, with whether it was assessed. */
export const inventoryItem = ({ subject, ou, assessed, reason, itemHash }: SubjectRow) => ({
  uuid: subjectId(subject),
  description: markup(`${subject.type} ${subject.name}`),
  props: [
    { name: 'asset-id', value: prop('', subject.arn || subject.id).value },
    prop('resource-type', subject.type),
    prop('account', subject.account),
    prop('region', subject.region),
    ...(ou ? [prop('organizational-unit', ou)] : []),
    prop('assessed', assessed),
    ...(reason ? [prop('reason', reason)] : []),
    ...(itemHash ? [prop('item-sha256', itemHash)] : []),
  ],
});
