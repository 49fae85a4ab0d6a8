import type { AddressableDecision } from '../../settings/addressable.ts';
import type { RequirementFolder } from '../contents/requirements.ts';
import { html, type Markup } from './html.ts';
import { when } from './words.ts';

const DECISIONS: Readonly<Record<AddressableDecision['decision'], string>> = {
  implemented: 'Implement the specification as written: 164.306(d)(3)(ii)(A)',
  alternative: 'Implement an equivalent alternative measure instead: 164.306(d)(3)(ii)(B)',
  notReasonable:
    'Implement neither the specification nor an equivalent alternative measure, because neither is reasonable and appropriate: ' +
    '164.306(d)(3)(ii)(B)',
};

/**
 * What the law calls addressable has to be assessed, and the decision documented; the settings hold it. @param judgedAt the time of the
 * run (ISO, UTC).
 */
export function addressableSection(
  { requirement, total }: Pick<RequirementFolder, 'requirement' | 'total'>,
  decisions: readonly AddressableDecision[],
  judgedAt: string,
): Markup | null {
  if (requirement.implementation !== 'addressable') return null;
  const found = decisions.find((each) => each.requirement === requirement.id);
  return html`<section>
<h2>What the organization decided</h2>
<p>Addressable is not optional. 45 CFR 164.306(d)(3) asks to assess whether the specification is a reasonable and
appropriate safeguard in the environment of the organization, and then to implement it; or to document why that would
not be reasonable and appropriate, and to implement an equivalent alternative measure if that is. What follows is what
the settings of the last run say. No rule judges it.</p>
${found === undefined ? UNDECIDED : found.at > judgedAt.slice(0, 10) ? ahead(found, judgedAt) : decided(found, total.FAIL + total.UNKNOWN)}
</section>`;
}

const UNDECIDED = html`<p><strong>No decision is in the settings.</strong> Ask for the assessment and its documentation
(164.306(d)(3), 164.316(b)(1)).</p>`;

const ahead = (
  { at }: AddressableDecision,
  judgedAt: string,
) => html`<p><strong>No decision is in force.</strong> The settings have
one of ${at}, a day that had not begun in UTC when this was judged (${when(judgedAt)}). Ask for the assessment and its
documentation (164.306(d)(3), 164.316(b)(1)).</p>`;

function decided(
  { decision, assessment, reason, alternative, decidedBy, at, document }: AddressableDecision,
  open: number,
): Markup {
  const isContrary = decision === 'implemented' && open > 0;
  const otherwise =
    decision === 'alternative' ? 'The alternative measure' : 'Why no alternative measure';
  return html`<dl>
<dt>Decision</dt><dd>${DECISIONS[decision]}</dd>
<dt>Assessment</dt><dd>${assessment}</dd>
${reason === undefined ? null : html`<dt>Why not as written</dt><dd>${reason}</dd>`}
${alternative === undefined ? null : html`<dt>${otherwise}</dt><dd>${alternative}</dd>`}
<dt>Decided by</dt><dd>${decidedBy}, ${at}</dd>
<dt>Documentation</dt><dd>${document}</dd>
</dl>
${isContrary ? html`<p><strong>The results do not show that: ${open} that speak for it fail or are unknown.</strong></p>` : null}`;
}
