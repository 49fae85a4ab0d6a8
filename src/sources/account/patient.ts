import { lasts } from '../../services/failures.ts';
import type { Services } from '../../services/services.ts';

export type Wait = (milliseconds: number) => Promise<void>;

const TRIES = 20;
const PAUSE = 3000;

/** IAM takes a while to make its report; until then the question for it fails (IAM API reference, GetCredentialReport). */
export const patient = (services: Services, wait: Wait): Services => ({
  async ask(operation, input, region) {
    for (let tried = 1; ; tried++) {
      try {
        return await services.ask(operation, input, region);
      } catch (error) {
        const isMade = operation === 'GetCredentialReport' && !lasts(error) && isNotReady(error);
        if (!isMade || tried === TRIES) throw error;
        await wait(PAUSE);
      }
    }
  },
});

const isNotReady = (error: unknown) =>
  error instanceof Error && /NotReady|InProgress|NotPresent|Expired/.test(error.name);
