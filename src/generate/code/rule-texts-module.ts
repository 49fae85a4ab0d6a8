import { ruleTexts } from '../../settings-file/rule-texts.ts';

/**
 * The words of the rules for the publisher. Reasons of links are for pages; messages without a word are left out, and advice
 * that several messages share stands once.
 */
export function ruleTextsModule(): string {
  const advice: string[] = [];
  const shared = (message: object) => {
    const text = JSON.stringify(message);
    if (!advice.includes(text)) advice.push(text);
    return `advice[${advice.indexOf(text)}]`;
  };
  const rules = ruleTexts.map(({ requirements, messages, ...words }) => {
    const links = Object.entries(requirements).map(([id, link]) => [id, { ...link, reason: '' }]);
    const spoken = Object.entries(messages).filter(([, each]) => Object.keys(each).length > 0);
    const entries = spoken.map(([id, message]) => `${id}:${shared(message)}`);
    const head = JSON.stringify({ ...words, requirements: Object.fromEntries(links) });
    return `{...${head},messages:{${entries}}}`;
  });
  return `const advice = [${advice}];\nexport const ruleTexts = [${rules}];`;
}
