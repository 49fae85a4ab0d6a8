import { object, property, wrong } from '../../values/json.ts';
import { asked } from '../asked.ts';

/** In the summary that IAM keeps of the account: 1 where the root user has an access key, 0 where not (AWS Security Blog, 2014). */
export const rootAccessKey = asked<boolean, 'GetAccountSummary'>(
  ['GetAccountSummary'],
  async (ask) => {
    const { SummaryMap } = await ask('GetAccountSummary', {});
    const at = 'AccountAccessKeysPresent';
    const present = property(object(SummaryMap, 'SummaryMap'), at);
    if (present !== 0 && present !== 1) throw wrong(at, '0 or 1', present);
    return present === 1;
  },
);
